"""RPDE feeds of the groups and their dates, in the order of the change feed.

The place to go on from is a change's number: whoever has read up to it has missed nothing, however long a writer took.
Each entry stands at its last change only, so a reader from the beginning meets every entry once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest

from mukana.api.hsds.places import web
from mukana.api.open_data import open_data
from mukana.api.reading import BadParameter
from mukana.directory.models import Change, Entry, EntryTerm, Occurrence, Schedule
from mukana.directory.words import term_name
from mukana.formats import openactive as oa
from mukana.formats.nameless import without_names
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.look.rules import pick
from mukana.organisations.models import Organisation, name_of

PAGE = 100  # entries
KINDS = ("group", "event", "programme")
ORDER = ("fi",)


@allow("public")
@open_data
def series(request: HttpRequest) -> bytes:
    """Groups, courses and happenings."""
    return _page(request, "session-series", _series_items)


@allow("public")
@open_data
def sessions(request: HttpRequest) -> bytes:
    """Their dates ahead."""
    return _page(request, "scheduled-sessions", _session_items)


def _page(request: HttpRequest, name: str, items_of: Callable[[Sequence[tuple[UUID, int]]], Iterator[oa.Item]]) -> bytes:
    after = _after(request.GET.get("afterChangeNumber", ""))
    changes = _changes(after)
    found = list(items_of(changes))
    last = changes[-1][1] if changes else after
    return oa.page(found, f"{settings.BASE_URL}/openactive/{name}?afterChangeNumber={last}")


def _after(words: str) -> int:
    if not words:
        return 0
    if not (words.isascii() and words.isdigit() and len(words) <= 18):
        raise BadParameter("afterChangeNumber", "give a number as in next.")
    return int(words)


def _changes(after: int) -> list[tuple[UUID, int]]:
    """(entry, its last change) of those that changed last after the number, in order."""
    rows = Change.objects.order_by().values("entry_id").annotate(last=Max("seq")).filter(last__gt=after).order_by("last")
    return list(rows.values_list("entry_id", "last")[:PAGE])


def _series_items(changes: Sequence[tuple[UUID, int]]) -> Iterator[oa.Item]:
    held = _entries([key for key, _ in changes])
    rhythms, words = _rhythms(held), _words(held)
    for key, last in changes:
        entry = held.get(key)
        data = oa.series(_series(entry, rhythms[key], words[key])) if entry else None
        yield oa.Item(str(key), last, oa.SERIES, data)


def _session_items(changes: Sequence[tuple[UUID, int]]) -> Iterator[oa.Item]:
    """Of each changed entry its dates; `modified` is the change's number, so ids part those of one change."""
    held = _entries([key for key, _ in changes])
    moment = now()
    dates = defaultdict(list)
    for date in Occurrence.objects.filter(entry__in=[key for key, _ in changes]).order_by("pk"):
        dates[date.entry_id].append(date)
    for key, last in changes:
        for date in sorted(dates[key], key=lambda one: str(one.pk)):
            shown = key in held and not date.over(moment)
            own, above = _address("scheduled-sessions", date.pk), _address("session-series", key)
            told = oa.Session(own, above, date.starts_at, date.ends_at, date.status)
            yield oa.Item(str(date.pk), last, oa.SESSION, oa.session(told) if shown else None)


def _entries(keys: Sequence[UUID]) -> dict[UUID, Entry]:
    found = Entry.objects.public().filter(pk__in=keys, kind__in=KINDS).select_related("organisation", "place__municipality")
    return {entry.pk: entry for entry in found}


def _series(entry: Entry, rhythms: Sequence[Schedule], words: Sequence[str]) -> oa.Series:
    organiser = entry.organisation
    names = [entry.contact_name, *([organiser.contact_name] if organiser else [])]
    told = pick(entry.texts, "description", ORDER).value or pick(entry.texts, "summary", ORDER).value or ""
    return oa.Series(
        id=_address("session-series", entry.pk),
        url=f"{settings.BASE_URL}/kohde/{entry.pk}/",
        name=str(entry) or "Nimetön",
        description=without_names(str(told), names),
        activities=tuple((f"{settings.BASE_URL}/v1/keyword/mukana:topic.{code}/", term_name("topic", code)) for code in words),
        organizer=_organizer(organiser) if organiser else ("", "", ""),
        where=_where(entry),
        rhythms=tuple(_weekly(one) for one in rhythms if one.nth is None),
        price_kind=entry.price_kind,
        price_cents=entry.price_cents,
        age_min=entry.age_min,
        age_max=entry.age_max,
        remote=entry.form == "remote_together",
    )


def _weekly(one: Schedule) -> oa.Weekly:
    return oa.Weekly(tuple(one.days), one.start, one.end, one.first, one.until, one.interval)


def _organizer(one: Organisation) -> tuple[str, str, str]:
    return f"{settings.BASE_URL}/jarjestaja/{one.pk}/", name_of(one.texts), web(one.url)


def _where(entry: Entry) -> oa.Where | None:
    place = entry.place
    if place is None:
        return None
    return oa.Where(
        id=f"{settings.BASE_URL}/paikka/{place.pk}/",
        name=str(place),
        address=place.address,
        postal_code=place.postal_code,
        city=place.city or (place.municipality.name_fi if place.municipality else ""),
        lat=None if place.approximate else place.lat,
        lon=None if place.approximate else place.lon,
    )


def _rhythms(entries: dict[UUID, Entry]) -> defaultdict[UUID, list[Schedule]]:
    found: defaultdict[UUID, list[Schedule]] = defaultdict(list)
    for one in Schedule.objects.filter(entry__in=entries).order_by("pk"):
        found[one.entry_id].append(one)
    return found


def _words(entries: dict[UUID, Entry]) -> defaultdict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    links = EntryTerm.objects.filter(entry__in=entries, term__scheme="topic").order_by("term__order")
    for entry, code in links.values_list("entry_id", "term__code"):
        found[entry].append(code)
    return found


def _address(feed: str, key: UUID) -> str:
    return f"{settings.BASE_URL}/openactive/{feed}/{key}"
