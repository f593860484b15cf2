"""The table of remembered words: an index build analyses each word form once in its life."""

from __future__ import annotations

from mukana.search.analysis.analyser import VERSION, analyse
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.ready import packed, ready_words, unpacked
from mukana.search.analysis.words import LONGEST_WORD
from mukana.search.models import WordForm

_BATCH = 2_000


class Remembered:
    """An analyser for one build: reads the whole table and what is ready at the start, writes what is new at the end."""

    def __init__(self) -> None:
        rows = WordForm.objects.filter(version=VERSION).values_list("form", "terms")
        self._packed: dict[str, str] = ready_words()
        self._packed.update(rows.iterator(chunk_size=20_000))
        self._new: dict[str, str] = {}

    def analyse(self, word: str) -> Analysis:
        """As `analysis.analyser.analyse`."""
        held = self._packed.get(word)
        if held is not None:
            return unpacked(held)
        analysis = analyse(word)
        if len(word) <= LONGEST_WORD:
            self._packed[word] = self._new[word] = packed(analysis)
        return analysis

    @property
    def new(self) -> dict[str, str]:
        """What was not in the table."""
        return self._new

    def learn(self, new: dict[str, str]) -> None:
        """Takes in what another process found out."""
        self._packed.update(new)
        self._new.update(new)

    def save(self) -> int:
        """Writes the new words; gives their count."""
        rows = [WordForm(form=form, version=VERSION, terms=terms) for form, terms in self._new.items()]
        WordForm.objects.bulk_create(
            rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["form"], update_fields=["version", "terms"]
        )
        self._new.clear()
        return len(rows)
