"""The full-text index: what is indexed, how it is written, swapped and read."""
