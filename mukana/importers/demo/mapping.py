"""Demo rows as drafts, moved by whole weeks so that the supply is always of this season."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from mukana.directory.drafts import Contact, Draft, EntryDraft, OccurrenceDraft, OrganisationDraft, PlaceDraft, ScheduleDraft
from mukana.importers.adapter import Context, RawRow, Rejected
from mukana.lib.moments import ZONE
from mukana.lib.recurrence import parse_clock

WRITTEN_FOR = date(2026, 11, 22)  # the Sunday the supply was written for
PLAIN = ("kind", "texts", "form", "goal", "organisation", "place", "municipality", "lat", "lon", "geometry", "accessibility")
LISTS = ("topics", "audience", "service_classes", "keywords", "features", "languages")
FACTS = ("price_kind", "price_cents", "registration", "age_min", "age_max", "media")


def weeks_between(today: date) -> int:
    """How many whole weeks the supply must be moved for it to be of today's season."""
    return max((today - WRITTEN_FOR).days // 7, 0)


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """One demo row as its draft."""
    data = raw.data or {}
    moved = timedelta(weeks=int(context.options.get("weeks", "0")))
    if raw.kind == "organisations":
        return [_organisation(data)]
    if raw.kind == "places":
        return [_place(data)]
    return [_entry(data, moved)]


def _contact(data: dict[str, Any]) -> Contact:
    return Contact(**data.get("contact", {}))


def _organisation(data: dict[str, Any]) -> OrganisationDraft:
    return OrganisationDraft(
        row_id=data["id"], texts=data["texts"], kind=data["kind"], municipality=data.get("municipality", ""), contact=_contact(data)
    )


def _place(data: dict[str, Any]) -> PlaceDraft:
    plain = ("texts", "municipality", "address", "postal_code", "city", "lat", "lon", "accessibility", "hours")
    return PlaceDraft(row_id=data["id"], contact=_contact(data), **{name: data[name] for name in plain if name in data})


def _entry(data: dict[str, Any], moved: timedelta) -> EntryDraft:
    given: dict[str, Any] = {name: data[name] for name in (*PLAIN, *FACTS) if data.get(name) is not None}
    given |= {name: tuple(data.get(name, ())) for name in LISTS}
    return EntryDraft(
        row_id=data["id"],
        contact=_contact(data),
        schedules=tuple(_schedule(one, moved) for one in data.get("schedules", [])),
        occurrences=tuple(_occurrence(one, moved) for one in data.get("occurrences", [])),
        **given,
    )


def _schedule(data: dict[str, Any], moved: timedelta) -> ScheduleDraft:
    start = parse_clock(data["start"])
    assert start is not None  # the shipped files are checked by a test
    return ScheduleDraft(
        days=tuple(data["days"]),
        start=start,
        end=parse_clock(data.get("end")),
        first=date.fromisoformat(data["first"]) + moved,
        until=date.fromisoformat(data["until"]) + moved,
        interval=data.get("interval", 1),
        nth=data.get("nth"),
        holidays=data.get("holidays", "skip"),
        season=data.get("season", ""),
        exceptions=tuple(_exception(one, moved) for one in data.get("exceptions", [])),
    )


def _exception(data: dict[str, Any], moved: timedelta) -> dict[str, Any]:
    days: dict[str, Any] = {name: (date.fromisoformat(data[name]) + moved).isoformat() for name in ("date", "new_date") if name in data}
    return {**data, **days}


def _occurrence(data: dict[str, Any], moved: timedelta) -> OccurrenceDraft:
    end = data.get("ends_at")
    return OccurrenceDraft(
        starts_at=_moment(data["starts_at"], moved),
        ends_at=_moment(end, moved) if end else None,
        status=data.get("status", "scheduled"),
        reason=data.get("reason", {}),
    )


def _moment(text: str, moved: timedelta) -> datetime:
    """The wall clock stays although the clocks may turn between the weeks."""
    return (datetime.fromisoformat(text) + moved).replace(tzinfo=ZONE)
