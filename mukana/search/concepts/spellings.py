"""Words of the lexicon as a source for mending typing slips."""

from __future__ import annotations

from mukana.search.analysis.words import folded
from mukana.search.concepts.compiling import Tables


class LexiconForms:
    """The same questions as the index's vocabulary answers."""

    def __init__(self, tables: Tables) -> None:
        self._buckets = tables.spellings

    def spelled(self, word: str) -> list[str]:
        """Words that are `word` but for dots and accents."""
        plain = folded(word)
        return [form for other, form in self._buckets.get(plain[:2], ()) if other == plain]

    def forms(self, prefix: str) -> list[tuple[str, str, int]]:
        """(folded, word, 1) of words that begin with `prefix`; one letter gives nothing."""
        rows = self._buckets.get(prefix[:2], ())
        return [(plain, form, 1) for plain, form in rows if plain.startswith(prefix)]
