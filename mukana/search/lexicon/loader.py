"""The product's own lexicon, read from the files beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mukana.search.lexicon.parser import parse
from mukana.search.lexicon.rules import Lexicon, Problem
from mukana.search.lexicon.vocabulary import with_vocabulary

DATA = Path(__file__).parent / "data"
VOCABULARY = DATA / "vocabulary.tsv"


class LexiconError(Exception):
    """A lexicon text that does not parse; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def default_text() -> str:
    """The edited files one after another, as the staff's editor shows them."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.txt")))


def from_text(text: str, vocabulary: bool = True) -> Lexicon:
    """A lexicon of an edited text, with the national vocabularies under it.

    Raises LexiconError when the text has problems.
    """
    result = parse(text)
    if isinstance(result, list):
        raise LexiconError(result)
    if not vocabulary:
        return result
    return with_vocabulary(result, VOCABULARY.read_text(encoding="utf-8"))


@cache
def load(path: Path | None = None) -> Lexicon:
    """The product's lexicon, or the one in the file `path`; read once per process.

    Raises LexiconError when the file does not parse.
    """
    text = default_text() if path is None else path.read_text(encoding="utf-8")
    return from_text(text)
