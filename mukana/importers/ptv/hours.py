"""Opening hours of PTV and its pilot as `[{"day", "opens", "closes"}]`.  Pure."""

from __future__ import annotations

import re
from typing import Any

from mukana.importers.values import as_list, dicts, line
from mukana.lib.moments import WEEKDAYS

DAYS = dict(zip(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), WEEKDAYS, strict=True))
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
MAX_HOURS = 28


def weekly(service_hours: object) -> list[dict[str, str]]:
    """The normal week; exceptional hours and hours that are not in force are left out.

    `dayTo` is empty for a single day.
    """
    hours: list[dict[str, str]] = []
    for period in dicts(service_hours):
        if period.get("serviceHourType") == "Exceptional" or period.get("isClosed") is True or period.get("validForNow") is False:
            continue
        if period.get("isAlwaysOpen") is True:
            return [{"day": day, "opens": "0.00", "closes": "24.00"} for day in WEEKDAYS]
        for opening in dicts(period.get("openingHour")):
            hours += _opening(opening, over_midnight=period.get("serviceHourType") == "OverMidnight")
    return hours[:MAX_HOURS]


def pilot(opening_times: object) -> list[dict[str, str]]:
    """Days are told as "1" … "7"."""
    hours: list[dict[str, str]] = []
    for opening in dicts(opening_times):
        opens, closes = clock(opening.get("opens")), clock(opening.get("closes"))
        days = [int(day) for day in map(line, as_list(opening.get("dayOfWeek"))) if day in set("1234567")]
        if opens and closes:
            hours += [{"day": WEEKDAYS[day - 1], "opens": opens, "closes": closes} for day in days]
    return hours[:MAX_HOURS]


def clock(value: object) -> str:
    """ "9.00" out of "09:00:00"; "" for what is no time of day."""
    found = CLOCK.fullmatch(line(value, 10))
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return ""
    return f"{int(found[1])}.{found[2]}"


def _opening(opening: dict[str, Any], *, over_midnight: bool) -> list[dict[str, str]]:
    opens, closes = clock(opening.get("from")), clock(opening.get("to"))
    first, last = DAYS.get(line(opening.get("dayFrom"))), DAYS.get(line(opening.get("dayTo")))
    if not (first and opens and closes):
        return []
    start = WEEKDAYS.index(first)
    steps = 0 if last is None or over_midnight else (WEEKDAYS.index(last) - start) % 7
    return [{"day": WEEKDAYS[(start + step) % 7], "opens": opens, "closes": closes} for step in range(steps + 1)]
