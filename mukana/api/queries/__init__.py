"""Reading for the open data: `events` and `named` give pages and single things as JSON bytes, `pages` the envelope."""
