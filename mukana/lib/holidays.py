"""Finnish public holidays and the two eves that are days off, with their names.

The rules are those in force since 1992 (Epiphany and Ascension Day on their own
days).  Source of the working-day rule: the act on calculating time limits 150/1930,
section 5 (Saturdays, holidays, Midsummer Eve and Christmas Eve do not end a limit).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off.  `names` is {language: name}; an eve is a day off but not a church holiday."""

    code: str
    names: dict[str, str]
    eve: bool = False


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - moon_shift + 15) % 30
    to_sunday = (32 + 2 * century_rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> dict[date, Holiday]:
    """All holidays and eves of a year in order.  A shared day (1.5.2008) carries both names."""
    return dict(_year(year))


def holiday(day: date) -> Holiday | None:
    """The holiday on a day, or None."""
    return _year(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Monday to Friday that is neither a holiday nor one of the two eves."""
    return day.weekday() < 5 and holiday(day) is None


@lru_cache(maxsize=16_384)
def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it when negative).

    With 0: `day` itself if it is a working day, otherwise the next one, as a time
    limit that ends on a day off goes on to the next working day.
    """
    step = timedelta(days=-1 if count < 0 else 1)
    if count == 0:
        while not is_working_day(day):
            day += step
        return day
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def _weekday_from(first: date, weekday: int) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7)


_NAMES = {
    "new_year": ("Uudenvuodenpäivä", "Nyårsdagen", "New Year's Day"),
    "epiphany": ("Loppiainen", "Trettondagen", "Epiphany"),
    "good_friday": ("Pitkäperjantai", "Långfredagen", "Good Friday"),
    "easter": ("Pääsiäispäivä", "Påskdagen", "Easter Sunday"),
    "easter_monday": ("2. pääsiäispäivä", "Annandag påsk", "Easter Monday"),
    "may_day": ("Vappu", "Första maj", "May Day"),
    "ascension": ("Helatorstai", "Kristi himmelsfärdsdag", "Ascension Day"),
    "whit_sunday": ("Helluntai", "Pingstdagen", "Whit Sunday"),
    "midsummer_eve": ("Juhannusaatto", "Midsommarafton", "Midsummer Eve"),
    "midsummer": ("Juhannuspäivä", "Midsommardagen", "Midsummer Day"),
    "all_saints": ("Pyhäinpäivä", "Alla helgons dag", "All Saints' Day"),
    "independence": ("Itsenäisyyspäivä", "Självständighetsdagen", "Independence Day"),
    "christmas_eve": ("Jouluaatto", "Julafton", "Christmas Eve"),
    "christmas": ("Joulupäivä", "Juldagen", "Christmas Day"),
    "boxing_day": ("Tapaninpäivä", "Annandag jul", "St Stephen's Day"),
}
_EVES = frozenset({"midsummer_eve", "christmas_eve"})


def _days(year: int) -> list[tuple[date, str]]:
    sunday = easter(year)
    midsummer = _weekday_from(date(year, 6, 20), 5)
    return [
        (date(year, 1, 1), "new_year"),
        (date(year, 1, 6), "epiphany"),
        (sunday - timedelta(days=2), "good_friday"),
        (sunday, "easter"),
        (sunday + timedelta(days=1), "easter_monday"),
        (date(year, 5, 1), "may_day"),
        (sunday + timedelta(days=39), "ascension"),
        (sunday + timedelta(days=49), "whit_sunday"),
        (midsummer - timedelta(days=1), "midsummer_eve"),
        (midsummer, "midsummer"),
        (_weekday_from(date(year, 10, 31), 5), "all_saints"),
        (date(year, 12, 6), "independence"),
        (date(year, 12, 24), "christmas_eve"),
        (date(year, 12, 25), "christmas"),
        (date(year, 12, 26), "boxing_day"),
    ]


@lru_cache(maxsize=64)
def _year(year: int) -> dict[date, Holiday]:
    found: dict[date, Holiday] = {}
    for day, code in sorted(_days(year), key=lambda pair: pair[0]):
        names = dict(zip(("fi", "sv", "en"), _NAMES[code], strict=True))
        earlier = found.get(day)
        if earlier:
            names = {language: f"{earlier.names[language]} / {name}" for language, name in names.items()}
        found[day] = Holiday(earlier.code if earlier else code, names, code in _EVES)
    return found
