"""Times of a calendar: with a zone, floating, whole days, and pairs that contradict themselves.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from mukana.importers.ical.lines import Property
from mukana.lib.moments import FIRST_YEAR, LAST_YEAR, ZONE, at_wall, parse_moment

_VALUE = re.compile(r"(\d{8})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?", re.IGNORECASE)
_DURATION = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_UTC_NAMES = frozenset(("utc", "gmt", "z", "etc/utc", "etc/gmt", "zulu", "etc/zulu", "universal", "etc/universal"))
_HOUR = 3600
# The offsets of a calendar's own zone table, and the zone they are taken for.
_KNOWN_OFFSETS: dict[frozenset[int], tzinfo] = {
    frozenset((2 * _HOUR, 3 * _HOUR)): ZONE,
    frozenset((_HOUR, 2 * _HOUR)): ZoneInfo("Europe/Stockholm"),
    frozenset((0, _HOUR)): ZoneInfo("Europe/London"),
}


@dataclass(frozen=True, slots=True)
class Zones:
    """What a calendar says of time zones: its own name for all (X-WR-TIMEZONE) and its tables of offsets."""

    default: str = ""
    offsets: dict[str, list[int]] | None = None

    def floating(self) -> tzinfo:
        """The zone of times without one.  A calendar "in UTC" only has its setting untouched: its walls are Finnish."""
        found = named_zone(self.default)
        return ZONE if found is None or found is UTC else found

    def of(self, name: str) -> tzinfo:
        """The zone of a TZID; one that nobody knows is read from its table, else as a floating time."""
        return named_zone(name) or _by_offsets((self.offsets or {}).get(name)) or self.floating()


@dataclass(frozen=True, slots=True)
class When:
    """A wall clock in a zone.  A whole day stands at its midnight in Finland."""

    wall: datetime  # naive
    zone: tzinfo
    whole_day: bool = False

    @property
    def moment(self) -> datetime:
        """The moment in Finnish time."""
        if self.whole_day or self.zone is ZONE:
            return at_wall(self.wall.date(), self.wall.time())
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC).astimezone(ZONE)

    def at(self, wall: datetime) -> When:
        """Another wall clock of the same zone."""
        return When(wall, self.zone, self.whole_day)

    def wall_in(self, other: When) -> datetime:
        """This moment on the wall of another's zone."""
        if self.whole_day or self.zone == other.zone or other.whole_day:
            return self.wall
        return self.moment.astimezone(other.zone).replace(tzinfo=None)


def read_times(prop: Property, zones: Zones, like: When | None = None) -> list[When]:
    """The times of a property, those unreadable left out.  A floating one stands in the zone of `like`."""
    found = (_read(part.strip(), prop, zones, like) for part in prop.value.split(",")[:5000])
    return [one for one in found if one is not None]


def read_time(prop: Property | None, zones: Zones, like: When | None = None) -> When | None:
    """The first time of a property, None when there is none to read."""
    return next(iter(read_times(prop, zones, like)), None) if prop else None


def duration(value: str) -> timedelta | None:
    """ "PT1H30M" as a length of time; None when it is none, or negative."""
    told = _DURATION.fullmatch(value.strip().upper())
    if not told or not any(told.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in told.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


@lru_cache(maxsize=500)
def named_zone(name: str) -> tzinfo | None:
    """The zone of a name: of the world's table, of Windows, an offset, or one of these after a vendor's prefix."""
    name = name.strip().strip('"')
    if not name or len(name) > 200:
        return None
    if name.casefold() in _UTC_NAMES:
        return UTC
    offset = _OFFSET.fullmatch(name.upper().removeprefix("UTC").removeprefix("GMT"))
    if offset:
        return timezone((1 if offset[1] == "+" else -1) * timedelta(hours=min(int(offset[2]), 23), minutes=min(int(offset[3]), 59)))
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(name.split("/")[-2:])):
        if re.fullmatch(r"[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*", candidate):
            try:
                return ZoneInfo(candidate)
            except (KeyError, ValueError, OSError):
                continue
    return None


def _by_offsets(seconds: list[int] | None) -> tzinfo | None:
    if not seconds:
        return None
    told = frozenset(seconds)
    if len(told) == 1:
        return timezone(timedelta(seconds=seconds[0]))
    return _KNOWN_OFFSETS.get(told)


def _read(text: str, prop: Property, zones: Zones, like: When | None) -> When | None:
    told = _VALUE.fullmatch(text.partition("/")[0])  # of a period, its beginning
    if not told:
        moment = parse_moment(text)
        return When(moment.replace(tzinfo=None), ZONE) if moment else None
    try:
        day = date(int(told[1][:4]), int(told[1][4:6]), int(told[1][6:]))
        clock = time(int(told[2]), int(told[3]), min(int(told[4] or 0), 59)) if told[2] else None
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if clock is None:
        return When(datetime.combine(day, time()), ZONE, whole_day=True)
    return When(datetime.combine(day, clock), _zone(told[5], prop, zones, like))


def _zone(mark: str | None, prop: Property, zones: Zones, like: When | None) -> tzinfo:
    """A `Z` at the end of the value beats any TZID beside it."""
    if mark:
        return UTC if mark.upper() == "Z" else named_zone(mark) or UTC
    name = prop.params.get("TZID", "")
    if name:
        return zones.of(name)
    return like.zone if like and not like.whole_day else zones.floating()
