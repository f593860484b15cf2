"""What the index is told about one entry: plain values, no database.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)  # not frozen: that takes three times as long to make
class SearchDocument:
    """One published entry, read but not changed.  Texts are {language: text}; times are aware and local to the entry."""

    entry_id: str
    kind: str
    title: dict[str, str]
    summary: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)  # description, how to join, what happens …
    labels: tuple[str, ...] = ()  # Finnish names of topics and audiences, the source's own keywords
    form: str = ""
    municipality: str = ""  # code "297", "" when not in the table
    municipality_name: str = ""
    place: str = ""  # name and address of the place
    organisation: str = ""
    organisation_id: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()  # profiles whose state is "yes"
    languages: tuple[str, ...] = ()  # of the service
    free: bool = False
    lat: float | None = None
    lon: float | None = None
    occurrences: tuple[datetime, ...] = ()  # starts of the scheduled happenings still ahead
    last_end: datetime | None = None  # None: never past
    late_on: date | None = None  # from this day nobody has confirmed it in time; None: never
    expires_on: date | None = None  # from this day professionals are not shown it; None: never
    age_min: int | None = None
    age_max: int | None = None
