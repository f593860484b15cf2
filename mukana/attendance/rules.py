"""What a mark may say, how it came, and what a row of marks tells: first visit, misses, lapse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

ATTENDED, MISSED, EXCUSED, CANCELLED = "attended", "missed", "excused", "cancelled"
RESULTS = (ATTENDED, MISSED, EXCUSED, CANCELLED)
HOWS = ("tap", "sms", "phone", "paper", "screen", "staff")
WHYS = ("slip", "mixed_up", "told_later", "other")  # why a mark was wrong

LAPSE_MISSES = 3  # in a row
LAPSE_DAYS = 30  # without a visit
REGULAR_VISITS = 4  # from this visit on somebody is one of the group

EARLY = timedelta(hours=1)  # a list may be ticked while people come in
MOST_PEOPLE = 5000  # more on one date is a slip of the finger

_SMS_WORDS = {
    ATTENDED: ("k", "1", "kyllä", "kylla", "tuli", "paikalla", "ja", "yes", "on"),
    MISSED: ("e", "0", "ei", "poissa", "nej", "no"),
    EXCUSED: ("p", "2", "perui", "ilmoitti"),
}


class NotMarked(Exception):
    """A mark that is not taken; `code` is result, how, early, cancelled, subject, count, why, same or changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Seen:
    """One mark as rules see it: when the date began and what came of it."""

    starts_at: datetime
    result: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What listeners hear: `before` is the result that was marked earlier, "" when none; `why` is told of a correction only."""

    subject: str
    occurrence: str
    starts_at: datetime
    result: str
    before: str
    how: str
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a subject's marks tell on a day."""

    visits: int = 0
    first_visit: datetime | None = None
    last_visit: datetime | None = None
    misses_in_row: int = 0
    lapsed: bool = False

    @property
    def regular(self) -> bool:
        """One of the group by now?"""
        return self.visits >= REGULAR_VISITS


def check(result: str, how: str, starts_at: datetime, now: datetime, *, cancelled: bool) -> None:
    """May this be marked?  Raises NotMarked: nobody has attended what has not begun or was cancelled."""
    if result not in RESULTS:
        raise NotMarked("result")
    if how not in HOWS:
        raise NotMarked("how")
    if result in (ATTENDED, MISSED) and cancelled:
        raise NotMarked("cancelled")
    if result in (ATTENDED, MISSED) and now < starts_at - EARLY:
        raise NotMarked("early")


def check_correction(kept: str, was: str, right: str, why: str) -> None:
    """May the mark be put right?  `was` is what whoever corrects has seen.  Raises NotMarked: why, changed, same."""
    if why not in WHYS:
        raise NotMarked("why")
    if kept != was:
        raise NotMarked("changed")
    if kept == right:
        raise NotMarked("same")


def check_count(people: int, first_timers: int, starts_at: datetime, now: datetime) -> None:
    """May this be counted?  Raises NotMarked."""
    if not 0 <= first_timers <= people <= MOST_PEOPLE:
        raise NotMarked("count")
    if now < starts_at - EARLY:
        raise NotMarked("early")


def standing(marks: Iterable[Seen], now: datetime) -> Standing:
    """What the marks tell at `now`, in whatever order they come.

    A date that was cancelled tells nothing; an excused absence breaks no row of misses and makes none.
    Thirty days are counted from the last visit: who has never come has not lapsed.
    """
    told = sorted((mark for mark in marks if mark.result != CANCELLED), key=lambda mark: mark.starts_at)
    visits = [mark.starts_at for mark in told if mark.result == ATTENDED]
    misses = 0
    for mark in told:
        if mark.result == MISSED:
            misses += 1
        elif mark.result == ATTENDED:
            misses = 0
    if not visits:
        return Standing(misses_in_row=misses)
    lapsed = misses >= LAPSE_MISSES or visits[-1] + timedelta(days=LAPSE_DAYS) <= now
    return Standing(len(visits), visits[0], visits[-1], misses, lapsed)


def from_sms(text: str) -> str:
    """The result that a short answer means ("K", "ei", "1"); "" when it is not understood."""
    words = text.strip().casefold().split()
    first = words[0].strip(".,!") if words else ""
    return next((result for result, known in _SMS_WORDS.items() if first in known), "")
