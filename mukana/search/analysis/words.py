"""Text → word forms in lower case.  Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 60  # letters; anything longer is noise, not a word
_WORD = re.compile(r"\w+(?:[-'’:]\w+)*")
_FOLDS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th"})
_USUAL = str.maketrans("äöåéüá", "aoaeua")  # what nearly every word needs


def words_of(text: str) -> list[str]:
    """Word forms in order; soft hyphens dropped, compatibility letters made plain."""
    plain = unicodedata.normalize("NFKC", text.replace("\xad", "")).lower()
    return [word for word in _WORD.findall(plain) if len(word) <= LONGEST_WORD]


def pieces(word: str) -> Iterator[str]:
    """The pieces of a hyphenated word."""
    return (piece for piece in re.split(r"[-'’:]", word) if piece)


def folded(word: str) -> str:
    """Without dots and accents: kävely → kavely, so a keyboard without ä still finds."""
    usual = word.lower()
    if usual.isascii():
        return usual
    usual = usual.translate(_USUAL)
    if usual.isascii():
        return usual
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).lower())
    return "".join(c for c in split if not unicodedata.combining(c)).translate(_FOLDS)
