"""What the words of an entry tell that its fields do not: ages, times, prices, how one takes part.

Sentences about registering are left out first: a group that is joined by phone is not held by phone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mukana.guidance.rules.facts import Told
from mukana.guidance.rules.patterns import codes, pattern

_I = re.IGNORECASE
_FILE = "entries.txt"
_FLAGS = ("costs", "remote", "home_visit", "stairs", "level", "women", "men", "seniors", "accompanied", "childcare", "seated", "calm")
_DAY = r"(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|\bma\b|\bti\b|\bke\b|\bto\b|\bpe\b|\bla\b|\bsu\b)"
_DAY_AT = re.compile(rf"({_DAY})[a-zäö]*[^.!?\d]{{0,30}}?(?:klo|kello|kl\.?|at)\s*(\d{{1,2}})", _I)
_DAY_PART = re.compile(rf"({_DAY})(?:sin|na|ta)?-?\s?(aamu|aamupäiv|iltapäiv|ilta|illa)", _I)
_EVERY = re.compile(r"\b(arki|viikko)?-?(aamuisin|aamupäivisin|iltapäivisin|iltaisin|viikonloppuisin)\b", _I)
_PART_AT = re.compile(r"\b(?:arkisin|päivittäin|joka (?:arki)?päivä)\s+(?:klo|kello)\s*(\d{1,2})", _I)
_PARTS = {"aamu": "morning", "aamupäiv": "morning", "iltapäiv": "afternoon", "ilta": "evening", "illa": "evening"}
_EVERY_PARTS = {"aamuisin": "morning", "aamupäivisin": "morning", "iltapäivisin": "afternoon", "iltaisin": "evening"}
_WEEKEND = ("lau", "sun", "la", "su")

_OVER = re.compile(r"\byli (\d{2})(?:\s*[-–]?\s*v|\b)|\b(\d{2})\s*vuotta täyttän|\b(\d{2})\s?\+|över (\d{2})|over (\d{2})", _I)
_UNDER = re.compile(r"\balle (\d{1,2})\s*[-–]?\s*vuotia(?:ill?e|iden|at|s\b|ta)|under (\d{1,2})", _I)
_RANGE = re.compile(r"\b(\d{1,2})\s*[–-]\s*(\d{1,2})\s*(?:[-–]?\s*vuotia|\s?v\b|\s?år|\s?years)", _I)
_MONTHS = re.compile(r"\b\d{1,2}\s*[–-]\s*\d{1,2}\s*(?:kk|kuukau)", _I)
_DENIED = re.compile(r"\b(?:ei|eivät|eikä|ilman|inte|not|no)\b", _I)  # "joukkuelajit eivät sovi" is no team
_SENTENCES, _CLAUSES = re.compile(r"(?<=[.!?\n])"), re.compile(r"[.!?,:;\n]")


@lru_cache(maxsize=8192)
def told(title: str, body: str) -> Told:
    """What the words of one entry tell; remembered, for the same entries are weighed again and again."""
    joining = pattern(_FILE, "joining")
    words = "".join(part for part in _SENTENCES.split(f"{title}. {body}") if not joining.found(part))
    affirmed = ". ".join(part for part in _CLAUSES.split(words) if not _DENIED.search(part))
    flags = {name: pattern(_FILE, name).found(words) for name in _FLAGS}
    youngest, oldest = _ages(words)
    parents = pattern(_FILE, "parents").found(words)
    children = bool(_MONTHS.search(words)) or parents or _for_children(words)
    if parents:
        youngest = oldest = None
    flags["stairs"] = flags["stairs"] and not flags["level"]
    return Told(
        age_min=youngest,
        age_max=oldest,
        slots=_slots(words),
        children=children,
        about=frozenset(code for code, said in codes(_FILE, "about").items() if said.found(affirmed)),
        languages=frozenset(code for code, said in codes(_FILE, "language").items() if said.count(words) > 1),
        **flags,
    )


def _for_children(words: str) -> bool:
    return pattern(_FILE, "children").found(words) and not pattern(_FILE, "children also").found(words)


def _ages(words: str) -> tuple[int | None, int | None]:
    """(youngest, oldest) in years, each None where nothing is said."""
    span = _RANGE.search(words)
    if span:
        return int(span[1]), int(span[2])
    over, under = _OVER.search(words), _UNDER.search(words)
    return _number(over), _number(under)


def _number(found: re.Match[str] | None) -> int | None:
    return int(next(filter(None, found.groups()))) if found else None


def _slots(words: str) -> frozenset[str]:
    """Clock times first, then words of the day; nothing where nothing is said."""
    exact = {_slot(day, _part(int(hour))) for day, hour in _DAY_AT.findall(words)}
    exact |= {f"weekday_{_part(int(hour))}" for hour in _PART_AT.findall(words)}
    if exact:
        return frozenset(exact)
    parts = {_slot(day, _PARTS[part.lower()]) for day, part in _DAY_PART.findall(words)}
    for _, word in _EVERY.findall(words):
        part = _EVERY_PARTS.get(word.lower())
        parts.add(f"weekday_{part}" if part else "weekend")
    return frozenset(parts)


def _slot(day: str, part: str) -> str:
    return "weekend" if day.lower().startswith(_WEEKEND) else f"weekday_{part}"


def _part(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 16 else "evening"
