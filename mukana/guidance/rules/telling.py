"""What the words of an entry tell that its fields do not: ages, times, prices, how one takes part.

Sentences about registering are left out first: a group that is joined by phone is not held by phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mukana.guidance.rules.facts import Told
from mukana.guidance.rules.patterns import codes, pattern, standing

_I = re.IGNORECASE
_FILE = "entries.txt"
_REMEMBERED = 20_000  # sentences, some 10 MB
_FLAGS = (
    *("loss", "lends", "costs", "remote", "home_visit", "stairs", "level", "women", "men", "seniors"),
    *("accompanied", "childcare", "seated", "calm"),
)
_DAY = r"(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|\bma\b|\bti\b|\bke\b|\bto\b|\bpe\b|\bla\b|\bsu\b)"
_DAY_AT = re.compile(rf"({_DAY})[a-zäö]*[^.!?\d]{{0,30}}?(?:klo|kello|kl\.?|at)\s*(\d{{1,2}})", _I)
_DAY_PART = re.compile(rf"({_DAY})(?:sin|na|ta)?-?\s?(aamu|aamupäiv|iltapäiv|ilta|illa)", _I)
_EVERY = re.compile(r"\b(arki|viikko)?-?(aamuisin|aamupäivisin|iltapäivisin|iltaisin|viikonloppuisin)\b", _I)
_PART_AT = re.compile(r"\b(?:arkisin|päivittäin|joka (?:arki)?päivä)\s+(?:klo|kello)\s*(\d{1,2})", _I)
_AT = re.compile(r"(?:klo|kello|kl\.?|at)\s*\d")
_PART, _LONGEST_DAY = re.compile(r"aamu(?:päiv)?|iltapäiv|ilta|illa"), 20  # "keskiviikkoisin-" before its part
_PARTING = ".!?0123456789"
_DIGIT = re.compile(r"\d")
_PARTS = {"aamu": "morning", "aamupäiv": "morning", "iltapäiv": "afternoon", "ilta": "evening", "illa": "evening"}
_EVERY_PARTS = {"aamuisin": "morning", "aamupäivisin": "morning", "iltapäivisin": "afternoon", "iltaisin": "evening"}
_WEEKEND = ("lau", "sun", "la", "su")

_OVER = re.compile(r"\byli (\d{2})(?:\s*[-–]?\s*v|\b)|\b(\d{2})\s*vuotta täyttän|\b(\d{2})\s?\+|över (\d{2})|over (\d{2})", _I)
_OVER_WORDS = ("yli ", "täyttän", "+", "över ", "over ")
_UNDER = re.compile(r"\balle (\d{1,2})\s*[-–]?\s*vuotia(?:ill?e|iden|at|s\b|ta)|under (\d{1,2})", _I)
_RANGE = re.compile(r"\b(\d{1,2})\s*[–-]\s*(\d{1,2})\s*(?:[-–]?\s*vuotia|\s?v\b|\s?år|\s?years)", _I)
_AGE_WORDS: dict[str, tuple[int | None, int | None]] = {
    "parikymppis": (17, 32), "kolmikymppis": (27, 42), "nelikymppis": (37, 52), "viisikymppis": (47, 62), "kuusikymppis": (57, None),
    "seitsenkymppis": (67, None), "kahdeksankymppis": (77, None), "yhdeksänkymppis": (87, None),
    "alaikäisille": (None, 17), "alakoululaisille": (6, 13), "yläkoululaisille": (12, 16), "lukiolaisille": (15, 20),
}  # fmt: skip
_MONTHS = re.compile(r"\b\d{1,2}\s*[–-]\s*\d{1,2}\s*(?:kk|kuukau)", _I)
_DENIED = re.compile(r"\b(?:ei|eivät|eikä|ilman|inte|not|no)\b", _I)  # "joukkuelajit eivät sovi" is no team
_SENTENCES, _CLAUSES = re.compile(r"(?<=[.!?\n])"), re.compile(r"[.!?,:;\n]")


@lru_cache(maxsize=8192)
def told(title: str, body: str) -> Told:
    """What the words of one entry tell; remembered, for the same entries are weighed again and again."""
    words, affirmed, here = _words(f"{title}. {body}")
    low = words.lower()
    flags = {name: pattern(_FILE, name).found(words, here) for name in _FLAGS}
    youngest, oldest = _ages(words, low)
    parents = pattern(_FILE, "parents").found(words, here)
    children = parents or _for_children(words, here) or _in_months(words, low)
    if parents:
        youngest = oldest = None
    flags["remote"] = flags["remote"] or (pattern(_FILE, "line").found(words, here) and not pattern(_FILE, "ride words").found(words, here))
    flags["stairs"] = flags["stairs"] and not flags["level"]
    return Told(
        age_min=youngest,
        age_max=oldest,
        slots=_slots(words, low),
        giver=_looks_for_givers(title, words, here),
        children=children,
        about=frozenset([code for code, said in codes(_FILE, "about").items() if said.found(affirmed, here)]),
        languages=frozenset([code for code, said in codes(_FILE, "language").items() if said.count(words) > 1]),
        **flags,
    )


def _looks_for_givers(title: str, words: str, here: frozenset[str]) -> bool:
    """In its name, or in its text where nothing tells what one gets."""
    giver = pattern(_FILE, "giver")
    return giver.found(words, here) and (not pattern(_FILE, "receives").found(words, here) or giver.found(title))


def _words(text: str) -> tuple[str, str, frozenset[str]]:
    """The text without its sentences about registering, of that the clauses that deny nothing, and the letters that stand in it."""
    sentences = [held for part in _SENTENCES.split(text) if (held := _sentence(part)) is not None]
    words = "".join([sentence for sentence, _, _ in sentences])
    affirmed = ". ".join([clause for _, clauses, _ in sentences for clause in clauses])
    return words, affirmed, frozenset().union(*[here for _, _, here in sentences])


@lru_cache(maxsize=_REMEMBERED)
def _sentence(sentence: str) -> tuple[str, tuple[str, ...], frozenset[str]] | None:
    """The sentence, its clauses and letters; None when it is about registering.  Sentences repeat from entry to entry."""
    here = standing(_FILE, sentence.lower())
    if pattern(_FILE, "joining").found(sentence, here):
        return None
    clauses = _CLAUSES.split(sentence)
    if not clauses[-1]:
        clauses.pop()  # what ends a sentence ends its last clause too
    return sentence, tuple([clause for clause in clauses if not _DENIED.search(clause)]), here


def _for_children(words: str, here: frozenset[str]) -> bool:
    return pattern(_FILE, "children").found(words, here) and not pattern(_FILE, "children also").found(words, here)


def _in_months(words: str, low: str) -> bool:
    """Ages told in months are a baby's."""
    return ("kk" in low or "kuukau" in low) and bool(_MONTHS.search(words))


def _ages(words: str, low: str) -> tuple[int | None, int | None]:
    """(youngest, oldest) in years, each None where nothing is said."""
    for word, bounds in _AGE_WORDS.items() if "kymppis" in low or "isille" in low else ():
        if word in low:
            return bounds
    if not _DIGIT.search(low):
        return None, None
    span = _RANGE.search(words)
    if span:
        return int(span[1]), int(span[2])
    over = _OVER.search(words) if any([word in low for word in _OVER_WORDS]) else None
    under = _UNDER.search(words) if "alle" in low or "under" in low else None
    return _number(over), _number(under)


def _number(found: re.Match[str] | None) -> int | None:
    return int(next(filter(None, found.groups()))) if found else None


def _slots(words: str, low: str) -> frozenset[str]:
    """Clock times first, then words of the day; nothing where nothing is said.

    Each is looked for only where its letters stand: the expressions are slow, and most texts tell no hours.
    """
    exact = {_slot(day, _part(int(hour))) for day, hour in _days_at(words, low)}
    if "klo" in low or "kello" in low:
        exact |= {f"weekday_{_part(int(hour))}" for hour in _PART_AT.findall(words)}
    if exact:
        return frozenset(exact)
    parts = {_slot(day, _PARTS[part.lower()]) for day, part in _day_parts(words, low)}
    for _, word in _EVERY.findall(words) if "isin" in low else ():
        part = _EVERY_PARTS.get(word.lower())
        parts.add(f"weekday_{part}" if part else "weekend")
    return frozenset(parts)


def _days_at(words: str, low: str) -> Iterator[tuple[str, str]]:
    """Days with their hours: between them stands no end of a sentence and no number, so only what is before each hour is read."""
    for hour in _AT.finditer(low):
        first = max(low.rfind(sign, 0, hour.start()) for sign in _PARTING) + 1
        if found := _DAY_AT.search(words, first, hour.end() + 1):
            yield found[1], found[2]


def _day_parts(words: str, low: str) -> Iterator[tuple[str, str]]:
    """Days with their parts, which stand right after them."""
    for part in _PART.finditer(low):
        yield from _DAY_PART.findall(words, max(0, part.start() - _LONGEST_DAY), part.end())


def _slot(day: str, part: str) -> str:
    return "weekend" if day.lower().startswith(_WEEKEND) else f"weekday_{part}"


def _part(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 16 else "evening"
