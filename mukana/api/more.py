"""The rarer conditions of a list of events, read out of its address.  Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

from mukana.api.reading import BadParameter, Parameters, flag, last, moment, several
from mukana.formats.schemaorg import STATUS

STATUSES = {name: code for code, name in STATUS.items()}
TYPES = ("General", "Course", "Volunteering")
LANGUAGES = ("fi", "sv", "en", "se", "smn", "sms", "ru", "ar", "so", "et", "uk", "zh_hans")
MOST_DAYS = 10_000
_DURATION = re.compile(r"(\d{1,6})([dhms]?)", re.ASCII)
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1, "": 1}
_OR_SET = re.compile(r"keyword_OR_set\w{0,20}")
_ONGOING = ("local_ongoing_text", *(f"{one}_ongoing_{join}" for one in ("local", "internet", "all") for join in ("OR", "AND")))
Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class More:
    """Conditions that must all hold; those left out have no say."""

    starts_after: datetime | None = None
    starts_before: datetime | None = None
    ends_after: datetime | None = None
    ends_before: datetime | None = None
    min_duration: int | None = None  # seconds
    max_duration: int | None = None
    bbox: Numbers = ()  # west, south, east, north
    near: Numbers = ()  # longitude, latitude, metres
    divisions: tuple[str, ...] = ()
    keywords_all: tuple[str, ...] = ()
    keywords_none: tuple[str, ...] = ()
    keyword_sets: tuple[tuple[str, ...], ...] = ()  # one of each
    sets_any: tuple[str, ...] = ()
    sets_all: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    in_language: tuple[str, ...] = ()  # of service
    translation: tuple[str, ...] = ()  # of text
    language: tuple[str, ...] = ()  # either
    min_age_from: int | None = None
    min_age_to: int | None = None
    max_age_from: int | None = None
    max_age_to: int | None = None
    suitable_for: tuple[int, ...] = ()
    publishers: tuple[str, ...] = ()
    publisher_ancestors: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    super_event_types: tuple[str, ...] = ()
    no_super_event: bool = False
    hide_recurring_children: bool = False
    show_deleted: bool = False
    ongoing_from: datetime | None = None


def more(given: Parameters, now: datetime) -> More:
    """Raises BadParameter."""
    age = _age
    return More(
        starts_after=moment(given, "starts_after", now),
        starts_before=_days(given, now) or moment(given, "starts_before", now),
        ends_after=moment(given, "ends_after", now),
        ends_before=moment(given, "ends_before", now),
        min_duration=_duration(given, "min_duration"),
        max_duration=_duration(given, "max_duration"),
        bbox=_bbox(given),
        near=_near(given),
        divisions=several(given, "division"),
        keywords_all=several(given, "keyword_AND"),
        keywords_none=several(given, "keyword!"),
        keyword_sets=tuple(several(given, name) for name in sorted(given) if _OR_SET.fullmatch(name) and several(given, name)),
        sets_any=several(given, "keyword_set_OR"),
        sets_all=several(given, "keyword_set_AND"),
        statuses=tuple(STATUSES[one] for one in _known(given, "event_status", STATUSES)),
        types=_known(given, "event_type", TYPES),
        in_language=_known(given, "in_language", LANGUAGES),
        translation=_known(given, "translation", LANGUAGES),
        language=_known(given, "language", LANGUAGES),
        min_age_from=age(given, "audience_min_age_gt"),
        min_age_to=age(given, "audience_min_age_lt"),
        max_age_from=age(given, "audience_max_age_gt"),
        max_age_to=age(given, "audience_max_age_lt"),
        suitable_for=_ages(given),
        publishers=several(given, "publisher"),
        publisher_ancestors=several(given, "publisher_ancestor"),
        data_sources=several(given, "data_source"),
        super_event_types=_known(given, "super_event_type", ("none", "recurring", "umbrella")),
        no_super_event=last(given, "super_event") == "none",
        hide_recurring_children=bool(flag(given, "hide_recurring_children")),
        show_deleted=bool(flag(given, "show_deleted")),
        ongoing_from=now.replace(second=0, microsecond=0) if flag(given, "ongoing") or ongoing_text(given) else None,
    )


def ongoing_text(given: Parameters) -> str:
    """Words that what goes on or is ahead must hold."""
    return " ".join(words for name in _ONGOING if (words := last(given, name).replace(",", " ")))


def _days(given: Parameters, now: datetime) -> datetime | None:
    words = last(given, "days")
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and int(words[:6]) <= MOST_DAYS):
        raise BadParameter("days", f"give whole days up to {MOST_DAYS}.")
    start = moment(given, "start", now) or now.replace(second=0, microsecond=0)
    return start + timedelta(days=int(words))


def _duration(given: Parameters, name: str) -> int | None:
    words = last(given, name)
    found = _DURATION.fullmatch(words)
    if words and not found:
        raise BadParameter(name, 'give seconds, or "90m", "2h", "1d".')
    return int(found[1]) * _SECONDS[found[2]] if found else None


def _bbox(given: Parameters) -> Numbers:
    found = _numbers(given, "bbox", 4)
    if found and not (found[0] <= found[2] and found[1] <= found[3]):
        raise BadParameter("bbox", "give west, south, east, north in degrees.")
    return found


def _near(given: Parameters) -> Numbers:
    origin = _numbers(given, "dwithin_origin", 2)
    metres = _numbers(given, "dwithin_metres", 1) or _numbers(given, "dwithin_meters", 1)
    if bool(origin) != bool(metres):
        raise BadParameter("dwithin_origin", "give dwithin_origin=lon,lat and dwithin_metres together.")
    if origin and not (-180 <= origin[0] <= 180 and -90 <= origin[1] <= 90 and 0 <= metres[0] <= 2e6):
        raise BadParameter("dwithin_origin", "give longitude and latitude in degrees, and metres up to 2000000.")
    return (*origin, *metres)


def _numbers(given: Parameters, name: str, count: int) -> Numbers:
    words = last(given, name)
    if not words:
        return ()
    try:
        found = tuple(float(part) for part in words.split(",")) if len(words) <= 100 else ()
    except ValueError:
        found = ()
    if len(found) != count or not all(map(isfinite, found)):
        raise BadParameter(name, f"give {count} numbers parted by commas.")
    return found


def _known(given: Parameters, name: str, values: Collection[str]) -> tuple[str, ...]:
    found = several(given, name)
    if any(one not in values for one in found):
        raise BadParameter(name, f"give one of {', '.join(values)}.")
    return found


def _age(given: Parameters, name: str) -> int | None:
    words = last(given, name)
    return _years(words, name) if words else None


def _ages(given: Parameters) -> tuple[int, ...]:
    found = tuple(_years(words, "suitable_for") for words in several(given, "suitable_for"))
    if len(found) > 2:
        raise BadParameter("suitable_for", "give an age, or the youngest and the oldest.")
    return tuple(sorted(found))


def _years(words: str, name: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) <= 3):
        raise BadParameter(name, "give whole years.")
    return int(words)
