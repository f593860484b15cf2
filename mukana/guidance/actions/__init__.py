"""What guidance writes: counts, units, messages with picks, requests to organisers, agreements."""
