"""What is true of upkeep without a database: codes, steps of asking, reasons, merging, plain language."""
