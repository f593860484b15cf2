"""Writing what keeps entries true."""
