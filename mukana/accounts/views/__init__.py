"""Pages of coming in, of one's own account, and of the main user."""
