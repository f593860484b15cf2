"""Pages of those who want to be told, and the counts for staff."""
