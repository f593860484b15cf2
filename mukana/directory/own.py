"""One fact of an entry by its key, and the keeper's own words over what the source says.

A key is "texts.fi.summary", a column ("phone", "price_cents", "place_id" …), "topics" or "schedules".  Values are
plain JSON.  `Entry.own` keeps {key: {value, source, then}} for what its keeper wrote over the source's word: `source`
is what the source says now, `then` what it said when the keeper wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, time
from typing import Any
from uuid import UUID

from mukana.directory.drafts import ScheduleDraft
from mukana.directory.models import Entry

TEXTS = ("name", "summary", "description", "whom", "steps", "join", "price_note", "getting_there")
COLUMNS = (
    "kind", "form", "contact_name", "phone", "email", "url", "price_kind", "price_cents", "registration", "features",
    "accessibility", "languages", "age_min", "age_max", "organisation_id", "place_id", "municipality_id", "lat", "lon",
)  # fmt: skip
_IDS = frozenset({"organisation_id", "place_id"})
APART = ("topics", "schedules")  # kept in tables of their own


class UnknownKey(KeyError):
    """No fact of an entry is called so."""


def value_of(entry: Entry, key: str) -> Any:
    """The value as plain JSON; "" for a text that is not there.  Raises UnknownKey for one that is kept apart."""
    if key.startswith("texts."):
        _, language, field = key.split(".", 2)
        return entry.texts.get(language, {}).get(field) or ([] if field == "steps" else "")
    if key not in COLUMNS:
        raise UnknownKey(key)
    value = getattr(entry, key)
    return str(value) if isinstance(value, UUID) else value


def put(entry: Entry, key: str, value: Any) -> None:
    """Set the value on the record (nothing is saved).  Raises UnknownKey."""
    if key.startswith("texts."):
        _, language, field = key.split(".", 2)
        entry.texts = _with_text(entry.texts, language, field, value)
    elif key in _IDS:
        setattr(entry, key, UUID(value) if value else None)
    elif key in COLUMNS:
        setattr(entry, key, value)
    else:
        raise UnknownKey(key)


def lay_over(record: Entry, own: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Put the keeper's words over a record fresh from its source; gives `own` with what the source says now."""
    kept: dict[str, dict[str, Any]] = {}
    for key, word in own.items():
        if key in APART:
            kept[key] = dict(word)
            continue
        kept[key] = {**word, "source": value_of(record, key)}
        put(record, key, word["value"])
    return kept


def drifted(own: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Keys whose source has changed its word since the keeper wrote, and does not agree."""
    return sorted(key for key, word in own.items() if word["source"] not in (word["value"], word["then"]))


def schedule_json(schedule: ScheduleDraft) -> dict[str, Any]:
    """A schedule as plain JSON."""
    end = schedule.end
    return {
        **asdict(schedule),
        "days": list(schedule.days),
        "start": f"{schedule.start:%H.%M}",
        "end": f"{end:%H.%M}" if end else None,
        "first": schedule.first.isoformat(),
        "until": schedule.until.isoformat(),
        "exceptions": list(schedule.exceptions),
    }


def schedule_draft(facts: Mapping[str, Any]) -> ScheduleDraft:
    """The schedule that `schedule_json` wrote."""
    return ScheduleDraft(
        **{
            **facts,
            "days": tuple(facts["days"]),
            "start": _time(facts["start"]),
            "end": _time(facts["end"]) if facts["end"] else None,
            "first": date.fromisoformat(facts["first"]),
            "until": date.fromisoformat(facts["until"]),
            "exceptions": tuple(facts["exceptions"]),
        }
    )


def schedules_json(schedules: Iterable[ScheduleDraft]) -> list[dict[str, Any]]:
    """Schedules as plain JSON, in one order whatever order they came in."""
    return sorted((schedule_json(one) for one in schedules), key=lambda one: (one["first"], one["days"], one["start"]))


def _time(text: str) -> time:
    hour, _, minute = text.partition(".")
    return time(int(hour), int(minute))


def _with_text(texts: Mapping[str, Mapping[str, Any]], language: str, field: str, value: Any) -> dict[str, dict[str, Any]]:
    changed = {one: dict(fields) for one, fields in texts.items()}
    if value:
        changed.setdefault(language, {})[field] = value
    else:
        changed.get(language, {}).pop(field, None)
    return {one: fields for one, fields in changed.items() if fields}
