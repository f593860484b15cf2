"""Everything the page of one entry shows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce

from mukana.directory.freshness import Freshness
from mukana.directory.models import FORMS, Entry, Occurrence, Place, SourceRow, Term
from mukana.directory.queries.dates import ahead, with_next
from mukana.directory.queries.freshness import Refusal, freshness_of, referable, seen_on
from mukana.directory.queries.photographs import Pictures, pictures_of
from mukana.directory.queries.rows import Row, next_dates
from mukana.lib.clock import today

SHOWN = 6  # dates of the side card
ALL = 60  # dates when the reader asks for more
SHORT = 10  # hexadecimal digits; the same for two of 100,000 entries once in 200 sites
SELKO = "fi-x-selko"
VERSIONS = ("fi", SELKO, "sv", "en", "se", "smn", "sms")
Point = tuple[float, float]


class Withdrawn(Exception):
    """The entry exists but is no longer offered."""

    code = "withdrawn"

    def __init__(self, entry: Entry) -> None:
        super().__init__(str(entry.pk))
        self.entry = entry


@dataclass(frozen=True, slots=True)
class FormChoice:
    """One of the four ways to the same goal; `row` is None when nobody offers it."""

    form: str
    row: Row | None
    here: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How to get hold of somebody; every part may be empty.  `name` is who answers `phone`."""

    phone: str
    name: str
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`dates` are those shown; `more_dates` tells that there are others."""

    entry: Entry
    dates: list[Occurrence]
    more_dates: bool
    forms: list[FormChoice]
    topics: list[str]
    audiences: list[str]
    source_rows: list[SourceRow]
    pictures: Pictures

    @property
    def place(self) -> Place | None:
        """Where it mostly is."""
        return self.entry.place or next((date.place for date in self.dates if date.place), None)

    @property
    def reach(self) -> Reach:
        """The entry's own contact, else its organiser's."""
        entry, organiser = self.entry, self.entry.organisation
        if organiser is None:
            return Reach(entry.phone, entry.contact_name, entry.email, entry.url)
        name = entry.contact_name if entry.phone else entry.contact_name or organiser.contact_name
        return Reach(entry.phone or organiser.phone, name, entry.email or organiser.email, entry.url or organiser.url)

    @property
    def next(self) -> Occurrence | None:
        """The first date that takes place."""
        return next((date for date in self.dates if date.status in ("scheduled", "rescheduled")), None)

    @property
    def seen_at(self) -> datetime:
        """When the facts were last seen at their source (or written here)."""
        return max((row.seen_at for row in self.source_rows), default=self.entry.updated_at)

    @property
    def freshness(self) -> Freshness:
        """Whether what is told still holds."""
        return freshness_of(self.entry, today(), seen_on(self.source_rows, self.entry))

    @property
    def refusal(self) -> Refusal | None:
        """Why a professional refers nobody here."""
        return referable(self.entry, today())

    @property
    def accessibility(self) -> dict[str, str]:
        """Profile → state: the place's, with the entry's own over it."""
        return {**(self.place.accessibility if self.place else {}), **self.entry.accessibility}

    @property
    def text_versions(self) -> list[str]:
        """Languages in which there is a name or a description, Finnish and selkokieli first."""
        found = [language for language, texts in self.entry.texts.items() if texts.get("name") or texts.get("description")]
        return sorted(found, key=lambda language: (VERSIONS.index(language) if language in VERSIONS else len(VERSIONS), language))


class Merged(Exception):
    """The entry is shown as part of another, `kept`."""

    def __init__(self, kept: uuid.UUID) -> None:
        super().__init__(str(kept))
        self.kept = kept


def entry_page(entry_id: uuid.UUID, now: datetime, *, all_dates: bool = False, origin: Point | None = None) -> EntryPage:
    """The page's facts in at most seven queries.

    Raises Entry.DoesNotExist for an unknown or unpublished entry, Withdrawn for one taken away and Merged for one that
    another stands for.
    """
    entry = Entry.objects.with_facts().get(pk=entry_id)
    if entry.status == "withdrawn":
        raise Withdrawn(entry)
    if entry.merged_into_id is not None:
        raise Merged(entry.merged_into_id)
    if not entry.visible:
        raise Entry.DoesNotExist(str(entry_id))
    limit = ALL if all_dates else SHOWN
    dates = list(ahead(now).filter(entry=entry).select_related("place")[: limit + 1])
    topics, audiences = _terms(entry)
    return EntryPage(
        entry=entry,
        dates=dates[:limit],
        more_dates=len(dates) > limit,
        forms=_forms(entry, now, origin),
        topics=topics,
        audiences=audiences,
        source_rows=_source_rows(entry),
        pictures=pictures_of(entry, entry.place or next((date.place for date in dates[:limit] if date.place), None)),
    )


def short_id(entry_id: uuid.UUID) -> str:
    """The beginning of the id, for addresses that are read aloud or typed from paper."""
    return entry_id.hex[:SHORT]


def by_short_id(short: str) -> Entry:
    """The entry whose id begins so: one that is shown, by itself or as part of another.  Raises Entry.DoesNotExist."""
    first, last = (uuid.UUID(short.ljust(32, digit)) for digit in "0f")  # a range of the primary key: no scan
    shown = Entry.objects.filter(Q(visible=True) | Q(status="published", merged_into__visible=True))
    matches = shown.filter(pk__range=(first, last))[:2]
    if len(matches) != 1:
        raise Entry.DoesNotExist(short)
    return matches[0]


def _terms(entry: Entry) -> tuple[list[str], list[str]]:
    found = list(
        Term.objects.filter(entries=entry, scheme__in=("topic", "audience")).order_by("order", "code").values_list("scheme", "code")
    )
    return [code for scheme, code in found if scheme == "topic"], [code for scheme, code in found if scheme == "audience"]


def _source_rows(entry: Entry) -> list[SourceRow]:
    """Its own, its place's and its twins': a twin's source is named beside the entry's own.

    Each is looked up by its index: one condition across two tables would read every row of every source.
    """
    whose = [Q(entry=entry), Q(entry__merged_into=entry), *([Q(place_id=entry.place_id)] if entry.place_id else [])]
    first, *others = (SourceRow.objects.filter(one, absent_since__isnull=True).values("pk") for one in whose)
    found = SourceRow.objects.filter(pk__in=first.union(*others, all=True))
    return list(found.select_related("source").order_by("kind", "source_id")[:6])


def _forms(entry: Entry, now: datetime, origin: Point | None) -> list[FormChoice]:
    """The nearest entry of each form with the same goal; empty when the entry has no goal."""
    if entry.goal_id is None:
        return []
    others = [form for form in FORMS if form != entry.form]
    ids = [found for form in others if (found := _nearest(entry, form, origin or _point(entry))) is not None]
    chosen = list(with_next(Entry.objects.with_facts().filter(pk__in=[*ids, entry.pk]), now))
    dates = next_dates(chosen)
    by_form = {one.form: Row(one, dates.get(one.pk)) for one in _own_last(chosen, entry)}
    return [FormChoice(form, by_form.get(form), form == entry.form) for form in FORMS]


def _own_last(chosen: Iterable[Entry], entry: Entry) -> list[Entry]:
    return sorted(chosen, key=lambda one: one.pk == entry.pk)


def _nearest(entry: Entry, form: str, origin: Point | None) -> uuid.UUID | None:
    candidates = Entry.objects.public().filter(goal_id=entry.goal_id, form=form)
    if origin is not None and form in ("on_site", "outdoor_route"):
        lat, lon = Value(origin[0], output_field=FloatField()), Value(origin[1], output_field=FloatField())
        north = F("lat") - lat
        east = (F("lon") - lon) * Value(0.45)  # a degree of longitude is about 0.45 of latitude in Finland
        candidates = candidates.annotate(apart=Coalesce(north * north + east * east, Value(1e6))).order_by("apart", "pk")
    else:
        candidates = candidates.order_by("-updated_at", "pk")
    return candidates.values_list("pk", flat=True).first()


def _point(entry: Entry) -> Point | None:
    return (entry.lat, entry.lon) if entry.lat is not None and entry.lon is not None else None
