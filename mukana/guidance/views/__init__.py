"""Pages of guidance: `resident`, `professional`, `shortlist`, `cards`, `desk`."""
