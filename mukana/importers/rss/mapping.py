"""Items of a feed as events.  News is no activity: an item without a day is refused.  Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mukana.directory.drafts import Draft, EntryDraft, OccurrenceDraft
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.rss.fields import (
    Fields,
    Span,
    body,
    first,
    is_event_link,
    place_of,
    point_of,
    published,
    said_spans,
    told_span,
)
from mukana.importers.saying import Venue, place_draft, price, registration, without_cancelled
from mukana.importers.values import LANGUAGES, NO_NAME, contact, line, texts_of, unique
from mukana.lib.moments import parse_moment
from mukana.lib.urls import safe_url

MAPPING_VERSION = 1
MOST_DATES = 100
NO_DAY = "Kirjoituksesta ei löydy päivää, joten se ei ole tapahtuma."
ONLY_PAST = "Kirjoitus kertoo vain menneistä päivistä."
FREE_LICENCES = ("creativecommons.org/licenses/by/", "creativecommons.org/publicdomain/zero/")


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """A venue, or the event an item tells of."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind == "place":
        return [place_draft(Venue(**row["venue"]), raw.row_id, row.get("lat"), row.get("lon"))]
    fields: Fields = row.get("fields", {})
    title, cancelled = without_cancelled(line(first(fields, ("title", "media:title"))))
    if not title:
        return Rejected(NO_NAME)
    text = body(fields)
    spans, past = _spans(row, fields, title, text)
    if not spans:
        return Rejected(ONLY_PAST if past else NO_DAY)
    dates = _occurrences(raw.row_id, spans[:MOST_DATES], "cancelled" if cancelled else "scheduled")
    entry = _entry(raw.row_id, fields, title, text, line(row.get("language"), 20), context)
    return [replace(entry, occurrences=dates)]


def _spans(row: dict[str, Any], fields: Fields, title: str, text: str) -> tuple[list[Span], bool]:
    """The calendar's own fields count most, then what is said, then the date of an item that is dated by its event."""
    told = told_span(fields)
    if told is not None:
        return [told], False
    written = published(fields)
    dated_by_event = row.get("ahead") is True or is_event_link(first(fields, ("link", "guid", "id")))
    if row.get("ahead") is True and written is not None:
        return [Span(written)], False
    spans, past = said_spans(title, text, written)
    met = parse_moment(line(row.get("met"), 40))  # of an item that does not tell when it was written: when it was first read
    if met is not None and not spans and not past:
        spans, past = said_spans(title, text, met)
    if not spans and not past and dated_by_event and written is not None:
        return [Span(written)], False
    return spans, past


def _occurrences(row_id: str, spans: list[Span], status: str) -> tuple[OccurrenceDraft, ...]:
    alone = len(spans) == 1
    return tuple(
        OccurrenceDraft(
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            all_day=span.all_day,
            status=status,
            row_id=row_id if alone else f"{row_id[:170]}|{_stamp(span.starts_at)}",
        )
        for span in spans
    )


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}"


def _entry(row_id: str, fields: Fields, title: str, text: str, language: str, context: Context) -> EntryDraft:
    where = place_of(fields)
    lat, lon = point_of(fields)
    keywords = unique(line(word, 100) for word in fields.get("category", ()))
    words = (*keywords, title)
    kind, cents = price(text)
    spoken = language.casefold().partition("-")[0]
    spoken = spoken if spoken in LANGUAGES else "fi"
    return EntryDraft(
        row_id=row_id,
        kind="event",
        texts=texts_of({"name": {spoken: title}, "description": {spoken: text}}),
        form="remote_together" if where.remote else "on_site",
        place=where.row_id,
        municipality=where.municipality or where.city or context.options.get("municipality", ""),
        lat=lat,
        lon=lon,
        topics=topics_for(words=words),
        audience=audiences_for(words=words),
        keywords=keywords,
        features=features_for(words),
        price_kind=kind,
        price_cents=cents,
        registration=registration(text),
        contact=contact(email=text, url=first(fields, ("link", "guid", "id")) or where.url),
        media=_image(fields, title),
        modified_at=published(fields),
    )


def _image(fields: Fields, title: str) -> dict[str, Any]:
    """An image only under a licence that lets others show it."""
    address = safe_url(first(fields, ("media:content@",)))
    licence = first(fields, ("media:license@", "media:license", "x:license"))
    return {"image": address, "image_alt": title} if address and any(free in licence for free in FREE_LICENCES) else {}
