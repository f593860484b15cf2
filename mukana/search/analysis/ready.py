"""Words analysed beforehand: those of the lexicon and of the demo region, so that a first start is quick everywhere.

Without libvoikko the morphology takes a millisecond or more for a word, and the lexicon has
thirteen thousand.  Made by `make analyses`; a word that is not here is analysed as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mukana.search.analysis.analyser import VERSION, analyse
from mukana.search.analysis.reading import Analysis

FILE = Path(__file__).parent / "data" / "analyses.tsv"


def packed(analysis: Analysis) -> str:
    """Lemmas; heads; modifiers; roots; known (1 or 0)."""
    groups = (analysis.lemmas, analysis.heads, analysis.modifiers, analysis.roots)
    return ";".join((*(" ".join(group) for group in groups), str(int(analysis.known))))


def unpacked(text: str) -> Analysis:
    """The reverse of `packed`."""
    lemmas, heads, modifiers, roots, known = (tuple(group.split()) for group in text.split(";"))
    return Analysis(lemmas, heads, modifiers, roots, known == ("1",))


def ready_words(path: Path = FILE) -> dict[str, str]:
    """Word → its packed analysis; nothing when the file was made for other terms than this program's.

    Read anew each time: it is needed seldom and weighs some megabytes.
    """
    version, *lines = path.read_text(encoding="utf-8").splitlines()
    if version != str(VERSION):
        return {}
    return dict(line.split("\t") for line in lines)


def write(words: Mapping[str, str], path: Path = FILE) -> None:
    """Writes the file anew."""
    lines = [str(VERSION), *(f"{word}\t{text}" for word, text in sorted(words.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class ReadyAnalyser:
    """Analyses with what is ready; for long work, of which it lives as long."""

    def __init__(self) -> None:
        self._ready = ready_words()

    def analyse(self, word: str) -> Analysis:
        """As `analyser.analyse`."""
        held = self._ready.get(word)
        return analyse(word) if held is None else unpacked(held)
