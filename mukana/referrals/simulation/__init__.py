"""A year of residents played through the real actions, with everything that goes wrong in a year."""
