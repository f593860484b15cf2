"""The patterns of `data/*.txt`: [code] and one regular expression a line.  Read once.

`<ei>` stands for a word of denial in Finnish, Swedish or English.  A line that begins with `~` is dropped from
what is searched with.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources

NO = r"\b(?:en|ei|eikä|enkä|eivät|älä|emme|et|inte|inga|ingen|ej|not|no|don't|doesn't|can't|cannot|won't|without|ilman|vailla)\b"
DROPPED = "~ "


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
def pattern(name: str, code: str) -> re.Pattern[str]:
    """All lines of a code as one pattern."""
    return joined(line.removeprefix(DROPPED) for line in lines(name)[code])


@cache
def dropped(name: str, code: str) -> re.Pattern[str] | None:
    """Those lines of a code whose words are not searched with."""
    held = [line.removeprefix(DROPPED) for line in lines(name)[code] if line.startswith(DROPPED)]
    return joined(held) if held else None


def codes(name: str, group: str) -> dict[str, re.Pattern[str]]:
    """ "time weekend", "time daytime" … → {"weekend": pattern}."""
    return {code.removeprefix(f"{group} "): pattern(name, code) for code in lines(name) if code.startswith(f"{group} ")}


def joined(alternatives: Iterable[str]) -> re.Pattern[str]:
    """One pattern of several, ignoring case."""
    held = [one.replace("<ei>", NO) for one in alternatives]
    return re.compile("|".join(f"(?:{one})" for one in held), re.IGNORECASE)
