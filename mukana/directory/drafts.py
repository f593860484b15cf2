"""Drafts: what one row of any source says, in the hub's own words.

A mapping (pure) makes drafts out of a source's row; `directory.actions` writes
them.  Nothing here knows a database.  Texts are `{language: {field: value}}`
with plain text values (see docs/glossary.md for the languages and the fields).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

Texts = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody; every part may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """Somebody who arranges things.  `row_id` is the source's own id."""

    row_id: str
    texts: Texts
    kind: str = "other"
    business_id: str = ""
    municipality: str = ""  # code "297" or a name; unknown names are kept as text
    contact: Contact = Contact()
    parent: str = ""  # row_id of another organisation of the same source
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A physical spot: address, WGS84 point and what its doors are like."""

    row_id: str
    texts: Texts
    municipality: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    approximate: bool = False  # the point is the municipality's, as nobody told a better one
    contact: Contact = Contact()
    accessibility: dict[str, str] = field(default_factory=dict)  # profile → state
    hours: list[dict[str, str]] = field(default_factory=list)  # {"day": "mon", "opens": "10.00", "closes": "18.00"}
    temporarily_closed: bool = False
    lipas_type: int | None = None
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class OccurrenceDraft:
    """One dated happening.  Times are aware; `row_id` is the source's id of this very row."""

    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    status: str = "scheduled"
    reason: dict[str, str] = field(default_factory=dict)  # {language: why cancelled or moved}
    row_id: str = ""
    place: str = ""  # row_id of another place than the entry's
    facts: dict[str, Any] = field(default_factory=dict)  # what differs from the series: min_age, name …


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """A weekly or monthly rhythm that the hub turns into occurrences itself.

    `exceptions` are `{"date": "2026-12-09", "status": "cancelled", "reason": {"fi": …}}`,
    a moved time adds `"start"` and `"end"` ("17.00").  `holidays` is "skip" or "keep".
    """

    days: tuple[str, ...]  # mon … sun
    start: time
    end: time | None
    first: date
    until: date
    interval: int = 1  # every n weeks
    nth: int | None = None  # monthly: the n-th of the weekday (1 … 5, -1 = last)
    holidays: str = "skip"
    season: str = ""  # spring, summer, autumn, winter or ""
    exceptions: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """Whatever a person can be guided to: service, group, event, place, route, video, programme.

    `row_id` is the id of the row itself; `series_id` joins the rows of one series
    into one entry (empty: the row is an entry of its own).
    """

    row_id: str
    kind: str
    texts: Texts
    series_id: str = ""
    form: str = ""
    goal: str = ""
    organisation: str = ""  # row_id of an organisation of the same source, or its name
    place: str = ""  # row_id of a place of the same source
    municipality: str = ""
    lat: float | None = None
    lon: float | None = None
    geometry: dict[str, Any] | None = None  # GeoJSON geometry, WGS84, of a route
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    service_classes: tuple[str, ...] = ()  # PTV codes as "P27.1"
    keywords: tuple[str, ...] = ()  # the source's own words or URIs, kept as they are
    features: tuple[str, ...] = ()
    accessibility: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()  # languages of service, not of the text
    price_kind: str = "unknown"
    price_cents: int | None = None
    registration: str = "unknown"
    age_min: int | None = None
    age_max: int | None = None
    contact: Contact = Contact()
    occurrences: tuple[OccurrenceDraft, ...] = ()
    schedules: tuple[ScheduleDraft, ...] = ()
    status: str = "published"
    media: dict[str, Any] = field(default_factory=dict)  # video: url, minutes, captions; route: length_m, minutes, marking
    modified_at: datetime | None = None
    licence: str = ""
    attribution: str = ""
    partly_read: bool = False  # what it points at was not read in this run: what stood of place and contact stays
    dates_only: bool = False  # a happening whose series has a row of its own: tells the entry only while nothing else has


@dataclass(frozen=True, slots=True)
class WithdrawnDraft:
    """The source has taken the row away: its entry is withdrawn, or, of a series, that one happening goes."""

    row_id: str


Draft = OrganisationDraft | PlaceDraft | EntryDraft | WithdrawnDraft
