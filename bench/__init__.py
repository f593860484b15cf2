"""Measuring the named speeds; `make bench` prints them, docs/speed.md keeps the last measured ones."""
