"""What a search is asked and what it answers: plain values, no index, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that must hold.  Several codes of one kind mean "any of them"."""

    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()  # remote: remote_together, video_home
    municipalities: tuple[str, ...] = ()  # codes "297"
    not_municipalities: tuple[str, ...] = ()  # none of them
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    features: tuple[str, ...] = ()  # all of them
    accessibility: tuple[str, ...] = ()  # profiles that must be "yes", all of them
    languages: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()  # mon … sun
    dayparts: tuple[str, ...] = ()  # morning, afternoon, evening
    free: bool = False
    origin: tuple[float, float] | None = None  # lat, lon (WGS84)
    within_km: float | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    organisation: str = ""
    text_language: str = ""
    referable_on: date | None = None  # without what has not been confirmed for a year by this day


Told = tuple[float, tuple[tuple[str, float], ...]]
"""A need that is known: its strength, and the concepts of the lexicon that answer it with their shares."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question: the words as typed, the conditions and the wanted slice."""

    text: str
    now: datetime
    filters: Filters = Filters()
    limit: int = 20
    offset: int = 0
    facets: bool = False
    include_past: bool = False
    explain: bool = True  # False: no reasons, marks or counts of what conditions hide, for those who show none
    needs: tuple[Told, ...] = ()  # what the asker is known to need


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit is shown: `kind` is word, synonym, need, place, audience or spelling."""

    kind: str
    asked: str  # the resident's word
    found: str  # the word in the entry, or the concept's name


@dataclass(frozen=True, slots=True)
class Hit:
    entry_id: str  # UUID
    score: float
    reasons: tuple[Reason, ...] = ()
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)  # facet → code → count
    corrected: dict[str, str] = field(default_factory=dict)  # typed word → word used
    understood: dict[str, str] = field(default_factory=dict)  # slot ("municipality", "weekday") → code or codes
    unknown: tuple[str, ...] = ()  # words that neither entries nor the lexicon know
    best: int = 0  # how many answer nearly as well as the best one; all of them where nothing is asked in words
    left_out: dict[str, int] = field(default_factory=dict)  # filter → how many it alone hides
    highlight: tuple[str, ...] = ()  # word forms to mark in shown texts


LOGGED = 80  # characters of an unanswered question that are kept


def loggable(words: str) -> str:
    """What may be kept of a question: no digits, no addresses, lower case; "" when it is long.

    A long question tells of a person ("82-vuotias äitini …"), so only short ones are kept.
    """
    plain = " ".join(word for word in words.lower().split() if "@" not in word and not any(map(str.isnumeric, word)))
    return plain if len(plain) <= LOGGED else ""
