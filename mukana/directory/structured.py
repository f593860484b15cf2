"""What a page tells search engines: its entry, place or organisation as schema.org."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from mukana.directory.models import Entry, Occurrence, Place
from mukana.directory.queries.entry import EntryPage
from mukana.formats import jsonld
from mukana.lib.recurrence import Rhythm, rhythm_of
from mukana.organisations.models import Organisation, name_of


def of_entry(page: EntryPage) -> dict[str, Any]:
    """An Event of the next date with its rhythm, a place, or a service that has no dates."""
    entry = page.entry
    where = _where(page.place) if page.place else None
    if entry.kind == "place" and where is not None:
        return jsonld.place(where)
    what = _what(entry, where)
    if page.next is None:
        return jsonld.service(what)
    return jsonld.event(what, _time(page.next), _rhythms(entry, page.next))


def of_place(place: Place) -> dict[str, Any]:
    """A Place, or a SportsActivityLocation."""
    return jsonld.place(_where(place))


def of_organisation(organisation: Organisation) -> dict[str, Any]:
    """An Organization; nobody's own name or address."""
    address = settings.BASE_URL + reverse("organisation", args=[organisation.pk])
    told = organisation.texts.get("fi", {}).get("description", "")
    return jsonld.organisation(name_of(organisation.texts), address, description=told, phone=organisation.phone, site=organisation.url)


def _what(entry: Entry, where: jsonld.Where | None) -> jsonld.What:
    texts = entry.texts.get("fi", {})
    organiser = entry.organisation
    return jsonld.What(
        name=name_of(entry.texts),
        url=settings.BASE_URL + reverse("entry", args=[entry.pk]),
        description=texts.get("summary") or texts.get("description", ""),
        organiser=name_of(organiser.texts) if organiser else "",
        organiser_url=settings.BASE_URL + reverse("organisation", args=[organiser.pk]) if organiser else "",
        form=entry.form,
        price_kind=entry.price_kind,
        price_cents=entry.price_cents,
        age_min=entry.age_min,
        age_max=entry.age_max,
        where=where,
    )


def _where(place: Place) -> jsonld.Where:
    rough = place.approximate
    return jsonld.Where(
        name=name_of(place.texts),
        url=settings.BASE_URL + reverse("place", args=[place.pk]),
        address=place.address,
        postal_code=place.postal_code,
        city=place.city or str(place.municipality or place.municipality_text),
        lat=None if rough else place.lat,
        lon=None if rough else place.lon,
        phone=place.phone,
        hours=tuple(place.hours),
        accessibility=place.accessibility,
        sports=place.lipas_type is not None,
        closed=place.temporarily_closed,
    )


def _time(one: Occurrence) -> jsonld.Time:
    return jsonld.Time(one.starts_at, one.ends_at, one.all_day, one.status)


def _rhythms(entry: Entry, following: Occurrence) -> list[Rhythm]:
    """The schedules that dates are made of; a source that gives dates one by one tells no rhythm."""
    return [rhythm_of(row) for row in entry.schedules.order_by("pk")] if following.planned else []
