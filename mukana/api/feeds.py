"""Any search as a calendar and as a feed, with the same parameters as the results page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.directory.models import Entry, Occurrence
from mukana.directory.queries.here import point_of
from mukana.formats.nameless import without_names
from mukana.formats.rss import Item, feed
from mukana.lib.clock import now
from mukana.look.rules import pick, text_languages
from mukana.organisations.reference import municipalities
from mukana.search.asked import Asked
from mukana.search.pages import FEWEST_BEST, words_of
from mukana.search.queries import search

if TYPE_CHECKING:
    from mukana.formats.ical import CalendarEvent

MOST = 100  # entries of a calendar or feed
MOST_DATES = 500


def calendar_of(asked: Asked) -> bytes:
    """The dates ahead of what the search finds."""
    from mukana.formats.ical import calendar  # few ask, and the library takes 9 MB

    events = [_event(date) for date in _dates(_found(asked, now()), asked, now())]
    return calendar(_title(asked), events, url=_page(asked), language=get_language() or "fi")


def feed_of(asked: Asked) -> bytes:
    """What the search finds, the latest changed first."""
    entries = sorted(_found(asked, now()), key=lambda entry: (entry.updated_at, entry.pk), reverse=True)
    own = f"{settings.BASE_URL}{reverse('search_feed')}{_query(asked)}"
    return feed(_title(asked), _page(asked), own, map(_item, entries), language=get_language() or "fi")


def _found(asked: Asked, moment: datetime) -> list[Entry]:
    """Entries in the order of the search; distances are counted from the one municipality asked for, as there is no cookie here."""
    only = municipalities().get(asked.municipalities[0]) if len(asked.municipalities) == 1 else None
    request = replace(asked, page=1, sort="osuvin").request(words_of(asked), moment, point_of(only))
    result = search(replace(request, limit=MOST, offset=0, facets=False, explain=False))
    best = asked.best_only and result.best >= FEWEST_BEST
    keys = [hit.entry_id for hit in (result.hits[: result.best] if best else result.hits)]
    rows = {str(entry.pk): entry for entry in Entry.objects.public().with_facts().filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]


def _dates(entries: list[Entry], asked: Asked, moment: datetime) -> list[Occurrence]:
    held = {entry.pk: entry for entry in entries}
    ahead = Q(starts_at__gte=moment) | Q(ends_at__gte=moment)
    dates = Occurrence.objects.filter(ahead, entry__in=held).select_related("place").order_by("starts_at", "pk")
    if asked.starts_from:
        dates = dates.filter(starts_at__date__gte=asked.starts_from)
    if asked.starts_until:
        dates = dates.filter(starts_at__date__lte=asked.starts_until)
    found = list(dates[:MOST_DATES])
    for date in found:
        date.entry = held[date.entry_id]
    return found


def _event(date: Occurrence) -> CalendarEvent:
    from mukana.formats.ical import CalendarEvent, uid

    entry, place = date.entry, date.place or date.entry.place
    name = _text(entry, "name")
    return CalendarEvent(
        uid=uid(date.pk, urlsplit(settings.BASE_URL).hostname or "mukana"),
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        all_day=date.all_day,
        status=date.status,
        summary=_("Peruttu: %(name)s") % {"name": name} if date.status == "cancelled" else name,
        description=date.reason.get("fi", "") or _text(entry, "summary"),
        location=", ".join(filter(None, (str(place), place.address, place.city))) if place else "",
        url=_address(entry),
        lat=place.lat if place and not place.approximate else None,
        lon=place.lon if place and not place.approximate else None,
        modified_at=entry.updated_at,
    )


def _item(entry: Entry) -> Item:
    return Item(
        str(entry.pk), _text(entry, "name"), _address(entry), entry.updated_at, _text(entry, "summary") or _text(entry, "description")
    )


def _text(entry: Entry, field: str) -> str:
    found = str(pick(entry.texts, field, text_languages(get_language() or "fi", selko=False)).value)
    return found if field == "name" else without_names(found, [entry.contact_name])


def _address(entry: Entry) -> str:
    return f"{settings.BASE_URL}{reverse('entry', args=[entry.pk])}"


def _title(asked: Asked) -> str:
    words = words_of(asked)
    return _("Mukana: %(words)s") % {"words": words} if words else _("Mukana: toimintaa")


def _page(asked: Asked) -> str:
    return f"{settings.BASE_URL}{reverse('search')}{_query(asked)}"


def _query(asked: Asked) -> str:
    query = asked.but(view="").query()
    return query if query != "?" else ""
