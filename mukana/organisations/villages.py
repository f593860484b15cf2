"""Villages, parts of towns and former municipalities: which municipality each lies in today.

Source: `data/villages.tsv`, names of postal areas that lie in one municipality (Posti, DVV; see its README).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "villages.tsv"
_ENDINGS = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "n", "an", "en", "in", "on", "än")
_STRONG = frozenset("kpt")


@lru_cache(maxsize=1)
def villages() -> dict[str, str]:
    """Name in lower case → code of the municipality."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["name"].lower(): row["code"] for row in csv.DictReader(file, delimiter="\t")}


def village_named(*words: str) -> str:
    """The first of the words (lower case, base or case forms) that names a village, as the table writes it; "" for none."""
    known = villages()
    for word in words:
        if word in known:
            return word
    return next((name for word in words for name in _bases(word) if name in known), "")


def _bases(word: str) -> list[str]:
    """What a case form may stand for: palokassa → palokka."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    doubled = [f"{stem[:-1]}{stem[-2]}{stem[-1]}" for stem in stems if len(stem) > 3 and stem[-2] in _STRONG]
    return stems + doubled
