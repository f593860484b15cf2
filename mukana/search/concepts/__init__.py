"""Words → concepts: the lexicon made ready for quick matching, and the matching itself."""
