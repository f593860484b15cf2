"""Beginning, keeping and ending alerts, and the two halves of their work: finding and telling."""
