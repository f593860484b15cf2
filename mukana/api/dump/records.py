"""Records of the hub as the drafts that another Mukana reads, with where each came from.  No person is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from mukana.directory.actions.occurrences import draft_of
from mukana.directory.drafts import Contact, EntryDraft, OccurrenceDraft, OrganisationDraft, PlaceDraft
from mukana.directory.models import Entry, EntryTerm, Occurrence, Place, Schedule, SourceRow
from mukana.directory.queries.sources import credit_of, licence_of
from mukana.formats.exchange import Origin, Record
from mukana.formats.nameless import role_address, texts_without_names
from mukana.lib.clock import now
from mukana.organisations.models import Organisation

ANOTHER = "mukana"  # the adapter of rows that another Mukana gave: those are for their own site to give
OWN_LICENCE = "CC BY 4.0"  # of what was written here
AT_A_TIME = 500
_SCHEMES = ("topic", "audience", "service_class", "keyword")


@dataclass(slots=True)
class _Belonging:
    """What belongs to the entries of one batch."""

    rows: defaultdict[UUID, list[SourceRow]]
    words: defaultdict[UUID, dict[str, list[str]]]
    dates: defaultdict[UUID, list[Occurrence]]
    schedules: defaultdict[UUID, list[Schedule]]


def records() -> Iterator[Record]:
    """Organisations, places and entries, in that order, a batch at a time."""
    entries = Entry.objects.public()
    organisations = Organisation.objects.filter(pk__in=entries.exclude(organisation=None).values("organisation"), do_not_list=False)
    for some in _batches(list(organisations.order_by("pk").values_list("pk", flat=True))):
        yield from _organisations(some)
    used = Q(pk__in=entries.exclude(place=None).values("place")) | Q(pk__in=Occurrence.objects.filter(entry__visible=True).values("place"))
    for some in _batches(list(Place.objects.filter(used).order_by("pk").values_list("pk", flat=True))):
        yield from _places(some)
    for some in _batches(list(entries.order_by("pk").values_list("pk", flat=True))):
        yield from _entries(some)


def _organisations(keys: Sequence[UUID]) -> Iterator[Record]:
    rows = _rows("organisation", keys)
    for one in Organisation.objects.filter(pk__in=keys).order_by("pk"):
        if _foreign(rows[one.pk]):
            continue
        draft = OrganisationDraft(
            row_id=str(one.pk),
            texts=texts_without_names(one.texts, [one.contact_name]),
            kind=one.kind,
            business_id=one.business_id,
            municipality=one.municipality_id or one.municipality_text,
            contact=_contact(one),
            parent=str(one.parent_id or ""),
            licence=_licence(rows[one.pk]),
            attribution=_credit(rows[one.pk]),
        )
        yield Record(draft, _origins(rows[one.pk]), (), f"{settings.BASE_URL}/jarjestaja/{one.pk}/")


def _places(keys: Sequence[UUID]) -> Iterator[Record]:
    rows = _rows("place", keys)
    for one in Place.objects.filter(pk__in=keys).order_by("pk"):
        if _foreign(rows[one.pk]):
            continue
        draft = PlaceDraft(
            row_id=str(one.pk),
            texts=texts_without_names(one.texts, []),
            municipality=one.municipality_id or one.municipality_text,
            address=one.address,
            postal_code=one.postal_code,
            city=one.city,
            lat=one.lat,
            lon=one.lon,
            approximate=one.approximate,
            contact=_contact(one),
            accessibility=one.accessibility,
            hours=one.hours,
            temporarily_closed=one.temporarily_closed,
            lipas_type=one.lipas_type,
            licence=_licence(rows[one.pk]),
            attribution=_credit(rows[one.pk]),
        )
        yield Record(draft, _origins(rows[one.pk]), (), f"{settings.BASE_URL}/paikka/{one.pk}/")


def _entries(keys: Sequence[UUID]) -> Iterator[Record]:
    held = _belonging(keys)
    for one in Entry.objects.filter(pk__in=keys).select_related("organisation").order_by("pk"):
        if not _foreign(held.rows[one.pk]):
            yield Record(_entry(one, held), _origins(held.rows[one.pk]), (), f"{settings.BASE_URL}/kohde/{one.pk}/")


def _entry(one: Entry, held: _Belonging) -> EntryDraft:
    names = [one.contact_name, *([one.organisation.contact_name] if one.organisation else [])]
    words = held.words[one.pk]
    return EntryDraft(
        row_id=str(one.pk),
        kind=one.kind,
        texts=texts_without_names(one.texts, names),
        form=one.form,
        goal=one.goal_id or "",
        organisation=str(one.organisation_id or ""),
        place=str(one.place_id or ""),
        municipality=one.municipality_id or one.municipality_text,
        lat=one.lat,
        lon=one.lon,
        geometry=one.geometry,
        topics=tuple(words.get("topic", ())),
        audience=tuple(words.get("audience", ())),
        service_classes=tuple(words.get("service_class", ())),
        keywords=tuple(words.get("keyword", ())),
        features=tuple(one.features),
        accessibility=one.accessibility,
        languages=tuple(one.languages),
        price_kind=one.price_kind,
        price_cents=one.price_cents,
        registration=one.registration,
        age_min=one.age_min,
        age_max=one.age_max,
        contact=_contact(one),
        occurrences=tuple(map(_date, held.dates[one.pk])),
        schedules=tuple(map(draft_of, held.schedules[one.pk])),
        media=one.media,
        modified_at=one.updated_at,
        licence=_licence(held.rows[one.pk]),
        attribution=_credit(held.rows[one.pk]),
    )


def _belonging(keys: Sequence[UUID]) -> _Belonging:
    held = _Belonging(_rows("entry", keys), defaultdict(dict), defaultdict(list), defaultdict(list))
    links = EntryTerm.objects.filter(entry__in=keys, term__scheme__in=_SCHEMES).order_by("term__order", "term__code")
    for entry, scheme, code in links.values_list("entry_id", "term__scheme", "term__code"):
        held.words[entry].setdefault(scheme, []).append(code)
    moment = now()
    ahead = Q(starts_at__gte=moment) | Q(ends_at__gte=moment)
    for date in Occurrence.objects.filter(ahead, entry__in=keys, planned=False).order_by("starts_at", "pk"):
        held.dates[date.entry_id].append(date)
    for schedule in Schedule.objects.filter(entry__in=keys).order_by("pk"):
        held.schedules[schedule.entry_id].append(schedule)
    return held


def _date(one: Occurrence) -> OccurrenceDraft:
    return OccurrenceDraft(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        all_day=one.all_day,
        status=one.status,
        reason=one.reason,
        row_id=str(one.pk),
        place=str(one.place_id or ""),
        facts=one.facts,
    )


def _contact(one: Organisation | Place | Entry) -> Contact:
    """Of the office, without whom to ask for."""
    return Contact(phone=one.phone, email=role_address(one.email), url=one.url)


def _rows(field: str, keys: Sequence[UUID]) -> defaultdict[UUID, list[SourceRow]]:
    """Record → the rows it came from; of an entry also those of the ones it stands for."""
    wanted = Q(**{f"{field}__in": keys})
    if field == "entry":
        wanted |= Q(entry__merged_into__in=keys)
    found: defaultdict[UUID, list[SourceRow]] = defaultdict(list)
    for row in SourceRow.objects.filter(wanted, absent_since__isnull=True).select_related("source", "entry").order_by("pk"):
        kept = row.entry.merged_into_id if field == "entry" and row.entry else None
        found[kept or getattr(row, f"{field}_id")].append(row)
    return found


def _foreign(rows: Iterable[SourceRow]) -> bool:
    return any(row.source.adapter == ANOTHER for row in rows)


def _origins(rows: Iterable[SourceRow]) -> tuple[Origin, ...]:
    told = (row for row in rows if not row.row_id.startswith("name:"))
    return tuple(Origin(row.source_id, row.source.name, row.row_id, licence_of(row), credit_of(row)) for row in told)


def _licence(rows: Sequence[SourceRow]) -> str:
    """Of all its sources; ours for what was written here."""
    return " · ".join(dict.fromkeys(filter(None, map(licence_of, rows))))[:120] if rows else OWN_LICENCE


def _credit(rows: Sequence[SourceRow]) -> str:
    return " · ".join(dict.fromkeys(map(credit_of, rows)))[:300] if rows else "Mukana"


def _batches(keys: list[UUID]) -> Iterator[list[UUID]]:
    for at in range(0, len(keys), AT_A_TIME):
        yield keys[at : at + AT_A_TIME]
