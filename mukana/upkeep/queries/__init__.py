"""Reading what keeps entries true."""
