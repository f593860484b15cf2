"""How alike two entries are, by name, place, time and contact.  Pure.

A pair is only ever suggested; a person decides.  The weights were set by hand on the pairs of
tests/pairs.tsv; they lean to caution: a missed pair costs a second look, a wrong one a lost group.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from mukana.lib.geo import haversine_km

SUGGEST = 0.7  # pairs at least this alike are shown to a person
WEIGHTS = {"time": 0.22, "place": 0.16, "contact": 0.14, "organiser": 0.08}
NEAR_KM, FAR_KM = 0.2, 3.0
SOON_MIN = 20  # two starts this close are one start
WEEK_MIN = 7 * 24 * 60
_WORD = re.compile(r"[a-zåäöšžáâđŋ0-9]+")
_FILLERS = frozenset({"ja", "at", "in", "on", "the", "ry", "rf", "oy", "ab", "och", "med", "en", "ett", "of", "klo", "kl"})


@dataclass(frozen=True, slots=True)
class Face:
    """What of an entry is compared.

    `starts` are minutes of the Finnish clock since 1.1.1970; `sources` the sources that tell of it.
    """

    key: str
    kind: str
    name: str
    organiser: str = ""
    municipality: str = ""
    place: str = ""  # the place's id
    address: str = ""  # the place's name and street, as told
    point: tuple[float, float] | None = None
    phone: str = ""
    email: str = ""
    url: str = ""
    starts: frozenset[int] = frozenset()
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike (0–1), and why: codes of what agrees and what differs."""

    score: float
    agree: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()


NOTHING = Likeness(0.0)


@lru_cache(maxsize=200_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without fillers, lower case."""
    text = unicodedata.normalize("NFC", name).casefold()
    return tuple(word for word in _WORD.findall(text) if word not in _FILLERS)


@lru_cache(maxsize=200_000)
def _sorted(name: str) -> str:
    return " ".join(sorted(words_of(name)))


@lru_cache(maxsize=200_000)
def _numbers(name: str) -> frozenset[str]:
    return frozenset(word for word in words_of(name) if word.isdigit())


def name_likeness(first: str, second: str) -> float:
    """0–1; words in another order or some words more cost little, different numbers much."""
    one, two = _sorted(first), _sorted(second)
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    found = fuzz.ratio(one, two)
    if found < 90 and not set(words_of(first)).isdisjoint(words_of(second)):
        shorter = min(len(words_of(first)), len(words_of(second)))
        found = max(found, fuzz.token_set_ratio(one, two) * (0.93 if shorter > 1 else 0.8))
    return found / (100 if _numbers(first) == _numbers(second) else 133)


def likeness(one: Face, two: Face) -> Likeness:
    """How likely the two tell of the same thing.  Two that meet at different times are two things."""
    if not _same_sort(one, two) or (time := _time(one, two)) < 0:
        return NOTHING
    named = name_likeness(one.name, two.name)
    if named < 0.5:
        return NOTHING
    signs = {"time": time, "place": _place(one, two), "contact": _contact(one, two), "organiser": _organiser(one, two)}
    score = 0.62 * named + sum(WEIGHTS[sign] * value for sign, value in signs.items())
    if one.sources & two.sources and not _surely_one(one, two, named, signs):
        return NOTHING  # a source tells two things apart on purpose, unless everything says otherwise
    agree = tuple([*(["name"] if named >= 0.8 else []), *(sign for sign, value in signs.items() if value > 0)])
    return Likeness(round(min(max(score, 0.0), 1.0), 3), agree, tuple(sign for sign, value in signs.items() if value < 0))


def _surely_one(one: Face, two: Face, named: float, signs: dict[str, float]) -> bool:
    if signs["time"] > 0:
        return named >= 0.6 and min(signs["place"], signs["contact"]) >= 0
    undated = not one.starts and not two.starts
    return undated and named == 1.0 and signs["place"] > 0 and min(signs["contact"], signs["organiser"]) >= 0


def _same_sort(one: Face, two: Face) -> bool:
    """A place is never a group; happenings and groups, services and programmes are told as each other."""
    sorts = {"event": 1, "group": 1, "service": 2, "programme": 2}
    first, second = sorts.get(one.kind, one.kind), sorts.get(two.kind, two.kind)
    if first == second:
        return True
    return {first, second} == {1, 2} and not (one.starts and two.starts)


def _time(one: Face, two: Face) -> float:
    """1 when they share starts, 0.5 when some or the hour of the week, -1 when neither; 0 when one does not tell."""
    if not one.starts or not two.starts:
        return 0.0
    fewer, more = sorted((one.starts, two.starts), key=len)
    shared = sum(1 for start in fewer if start in more or any(abs(start - other) <= SOON_MIN for other in more))
    if shared:
        return 1.0 if shared * 2 >= len(fewer) else 0.5
    return 0.5 if min(len(fewer), len(more)) > 1 and rhythm(one.starts) & rhythm(two.starts) else -1.0


@lru_cache(maxsize=200_000)
def rhythm(starts: frozenset[int]) -> frozenset[int]:
    """The hours of the week (0–167) of the starts, to the nearest hour."""
    return frozenset(((start + 30) % WEEK_MIN) // 60 for start in starts)


def _place(one: Face, two: Face) -> float:
    if one.place and one.place == two.place:
        return 1.0
    if one.municipality and two.municipality and one.municipality != two.municipality:
        return -1.0
    if one.point and two.point:
        apart = haversine_km(*one.point, *two.point)
        return 1.0 if apart <= NEAR_KM else (-1.0 if apart >= FAR_KM else 0.3)
    if one.address and two.address and name_likeness(one.address, two.address) >= 0.75:
        return 1.0
    return 0.2 if one.municipality and one.municipality == two.municipality else 0.0


def _contact(one: Face, two: Face) -> float:
    pairs = [(one.phone, two.phone), (one.email.casefold(), two.email.casefold()), (_bare(one.url), _bare(two.url))]
    told = [(first, second) for first, second in pairs if first and second]
    if any(first == second for first, second in told):
        return 1.0
    return -0.3 if told else 0.0


def _organiser(one: Face, two: Face) -> float:
    if not one.organiser or not two.organiser:
        return 0.0
    return 1.0 if name_likeness(one.organiser, two.organiser) >= 0.85 else -0.4


def _bare(url: str) -> str:
    return url.casefold().partition("://")[2].removeprefix("www.").rstrip("/")
