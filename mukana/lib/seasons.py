"""The activity year of Finnish clubs and municipalities: four seasons, two turns.

spring 7.1.–31.5. · summer 1.6.–15.8. · autumn 16.8.–15.12. · winter 16.12.–6.1. (the
break over Christmas).  Groups change their times at the two turns, when autumn and
when spring begins, and then everything must be confirmed anew.
"""

from __future__ import annotations

from datetime import date

SEASONS = ("spring", "summer", "autumn", "winter")
_STARTS = ((1, 7, "spring"), (6, 1, "summer"), (8, 16, "autumn"), (12, 16, "winter"))


def season_of(day: date) -> str:
    """The season a day belongs to."""
    found = "winter"
    for month, first, season in _STARTS:
        if (day.month, day.day) >= (month, first):
            found = season
    return found


def season_span(season: str, year: int) -> tuple[date, date]:
    """First and last day of a season that begins in `year`.  KeyError when unknown."""
    spans = {
        "spring": (date(year, 1, 7), date(year, 5, 31)),
        "summer": (date(year, 6, 1), date(year, 8, 15)),
        "autumn": (date(year, 8, 16), date(year, 12, 15)),
        "winter": (date(year, 12, 16), date(year + 1, 1, 6)),
    }
    return spans[season]


def last_turn(day: date) -> date:
    """The latest season turn on or before a day."""
    return max(turn for turn in _turns(day.year) if turn <= day)


def next_turn(day: date) -> date:
    """The first season turn after a day."""
    return min(turn for turn in _turns(day.year) if turn > day)


def _turns(year: int) -> list[date]:
    around = (year - 1, year, year + 1)
    return [turn for y in around for turn in (date(y, 1, 7), date(y, 8, 16))]
