"""Everything that anybody may see, as files: for another Mukana, for a spreadsheet, and as HSDS."""
