"""The patterns of `data/*.txt`: [code] and one regular expression a line.  Read once.

`<ei>` stands for a word of denial in Finnish, Swedish or English.  A line that begins with `~ ` is dropped from
what is searched with.  Hundreds of expressions are looked for in every entry, so each is tried only where its
longest plain run of letters stands in the text: finding that is a hundred times quicker.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

NO = r"\b(?:en|ei|eikä|enkä|eivät|älä|emme|et|inte|inga|ingen|ej|not|no|don't|doesn't|can't|cannot|won't|without|ilman|vailla)\b"
DROPPED = "~ "
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*\)[?*]?(?:\{[^}]*\})?")
_NOT_SURE = re.compile(r"\[(?:[^\]\\]|\\.)*\][?*+]?(?:\{[^}]*\})?|\\[a-zA-Z][?*+]?(?:\{[^}]*\})?|.[?*]|.\{[^}]*\}")
_LETTERS = re.compile(r"[a-zåäöéü' -]+")


@dataclass(frozen=True, slots=True)
class Said:
    """Several ways of saying one thing: (letters that must stand in the text, the expression)."""

    ways: tuple[tuple[str, re.Pattern[str]], ...]
    needles: frozenset[str] = frozenset()

    def found(self, text: str, standing: frozenset[str] | None = None) -> bool:
        """Is any of them there?  `standing` are the letters that stand in the text, where many ways are looked for in it."""
        if standing is not None and standing.isdisjoint(self.needles):
            return False
        letters = text.lower() if standing is None else standing
        for needle, way in self.ways:  # noqa: SIM110  a generator for `any` takes twice as long, and hundreds are tried
            if needle in letters and way.search(text):
                return True
        return False

    def count(self, text: str) -> int:
        """How often."""
        low = text.lower()
        return sum(len(way.findall(text)) for needle, way in self.ways if needle in low)

    def without(self, text: str) -> str:
        """The text with blanks in their place."""
        for needle, way in self.ways:
            if needle in text.lower():
                text = way.sub(" ", text)
        return text


@cache
def lines(name: str) -> dict[str, tuple[str, ...]]:
    """Code → its lines as written."""
    found: dict[str, list[str]] = defaultdict(list)
    code = ""
    text = resources.files("mukana.guidance").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            code = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found[code].append(line)
    return {code: tuple(held) for code, held in found.items()}


@cache
def pattern(name: str, code: str) -> Said:
    """All lines of a code."""
    return said(line.removeprefix(DROPPED) for line in lines(name)[code])


@cache
def dropped(name: str, code: str) -> Said:
    """Those lines of a code whose words are not searched with."""
    return said(line.removeprefix(DROPPED) for line in lines(name)[code] if line.startswith(DROPPED))


@cache
def codes(name: str, group: str) -> dict[str, Said]:
    """ "time weekend", "time daytime" … → {"weekend": …}."""
    return {code.removeprefix(f"{group} "): pattern(name, code) for code in lines(name) if code.startswith(f"{group} ")}


def standing(name: str, low: str) -> frozenset[str]:
    """Which runs of letters that a file's expressions need stand in a text of small letters.

    They are known by their first three letters, so that one passage through the text tells which few are worth looking for.
    """
    threes, always = _needles(name)
    begun = threes.keys() & set(zip(low, low[1:], low[2:], strict=False))
    return always.union([letters for three in begun for letters in threes[three] if letters in low])


@cache
def _needles(name: str) -> tuple[dict[tuple[str, ...], list[str]], frozenset[str]]:
    """First three letters → runs that begin so; and the runs that are too short for it."""
    threes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    every = frozenset().union(*(pattern(name, code).needles for code in lines(name)))
    for letters in every:
        if len(letters) > 2:
            threes[tuple(letters[:3])].append(letters)
    return dict(threes), frozenset(letters for letters in every if len(letters) < 3)


def said(ways: Iterable[str]) -> Said:
    """Ready to be looked for, ignoring case."""
    made = tuple((needle(way), re.compile(way.replace("<ei>", NO), re.IGNORECASE)) for way in ways)
    return Said(made, frozenset(letters for letters, _ in made))


def needle(way: str) -> str:
    """The longest run of letters that stands in everything the expression finds; "" when none is sure."""
    plain = way.replace("<ei>", "(x)")
    while (simpler := _NESTED.sub("\0", plain)) != plain:
        plain = simpler
    if "|" in plain:
        return ""
    return max(_LETTERS.findall(_NOT_SURE.sub("\0", plain).lower()), key=len, default="")
