"""Events: pages of them, searches, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from mukana.api import narrowing, resolving, sql
from mukana.api.documents import Document, documents, site
from mukana.api.identifiers import own_id, own_key, public_id, rows_meant
from mukana.api.queries.pages import Found, counts
from mukana.api.reading import Gone, Moved, NotFound
from mukana.api.rules import EventQuestion
from mukana.directory.models import Entry, SourceRow
from mukana.formats.linkedevents import Head, event_bytes
from mukana.search.queries import Filters, SearchRequest, search

DATED = ("event", "group", "programme")  # kinds that are events even while they have no dates
DEEPEST = 1_000  # ranked entries among which other conditions choose
NO_EVENT = "There is no event with this id."


# --- lists -------------------------------------------------------------------------


def events(question: EventQuestion, now: datetime) -> Found:
    """The events that meet the conditions: every occurrence, or with words the next one of each matching entry."""
    conditions = conditions_of(question)
    if question.text:
        count, found = _searched(question, conditions, now)
    else:
        gone = question.more.show_deleted
        found = sql.page_of_events(conditions, question.sort, question.slice.size, question.slice.offset, deleted=gone)
        count = counts.of(("events", question.conditions), lambda: sql.count_of_events(conditions, deleted=gone))
    return Found(count, _events(found, question.include))


def conditions_of(question: EventQuestion) -> list[sql.Condition]:
    """The conditions as SQL; ids that mean nothing leave a condition that nothing meets."""
    found = _plain_conditions(question)
    if question.keywords:
        found.append(sql.with_words(resolving.terms(question.keywords)))
    if question.locations:
        found.append(sql.at_places(resolving.places(question.locations)))
    if question.ids:
        found.append(sql.one_of(resolving.occurrences(question.ids)))
    if question.super_event:
        found.append(sql.of_entries(resolving.entries([question.super_event])))
    return [*found, *narrowing.conditions_of(question.more)]


def _plain_conditions(question: EventQuestion) -> list[sql.Condition]:
    chosen = [
        (question.start, sql.not_over),
        (question.end, sql.begun),
        (question.weekdays or None, sql.on_weekdays),
        (question.free, sql.free_of_charge),
        (question.modified_since, sql.modified_since),
    ]
    return [condition(value) for value, condition in chosen if value is not None]  # type: ignore[operator]  # each takes its own


# --- searching ---------------------------------------------------------------------


def _searched(question: EventQuestion, conditions: list[sql.Condition], now: datetime) -> tuple[int, list[sql.Happening]]:
    """Ranked by the search; of each entry its next occurrence that meets the conditions."""
    wanted = question.slice
    upcoming = [sql.ahead(now), *conditions]
    filters = Filters(starts_from=now.date())
    if not conditions:
        result = search(SearchRequest(question.text, now, filters, limit=wanted.size, offset=wanted.offset, explain=False))
        nearest = _next_of([hit.entry_id for hit in result.hits], upcoming)
        return result.total, nearest
    result = search(SearchRequest(question.text, now, filters, limit=DEEPEST, explain=False))
    nearest = _next_of([hit.entry_id for hit in result.hits], upcoming)
    return len(nearest), nearest[wanted.offset : wanted.offset + wanted.size]


def _next_of(entries: Sequence[str], conditions: list[sql.Condition]) -> list[sql.Happening]:
    keys = [entry.replace("-", "") for entry in entries]
    found = sql.first_of_each(keys, conditions)
    return [found[key] for key in keys if key in found]


# --- one event ---------------------------------------------------------------------


def event(whole_id: str, include: frozenset[str]) -> bytes:
    """An event by its id: an occurrence, or the series above them.  Raises NotFound or Gone."""
    happening = _happening(whole_id)
    if happening is not None:
        _refuse_merged(UUID(happening.entry))
        _refuse_hidden(happening.entry_status)
        return _events([happening], include)[0]
    entry = next(iter(resolving.entries([whole_id])), None)
    if entry is None:
        raise NotFound(NO_EVENT)
    return _series_event(entry, include)


def _happening(whole_id: str) -> sql.Happening | None:
    key = own_key(whole_id)
    if key is not None:
        return sql.event_of_key(key)
    return next((found for source, row_id in rows_meant(whole_id) if (found := sql.event_of_row(source, row_id))), None)


def _series_event(key: UUID, include: frozenset[str]) -> bytes:
    entry = Entry.objects.filter(pk=key).first()
    if entry is None:
        raise NotFound(NO_EVENT)
    _refuse_merged(entry.pk)
    _refuse_hidden("withdrawn" if entry.status == "published" and not entry.visible else entry.status)
    dates = sql.page_of_events([sql.of_entries([key])], "start_time", DEEPEST, 0)
    if not dates and entry.kind not in DATED:
        raise NotFound(NO_EVENT)
    at = (key.hex, entry.place_id.hex if entry.place_id else "")
    document = documents([at], include)[at]
    return event_bytes(_series_head(entry, document, dates), site(document.source, settings.BASE_URL), document.body)


def _series_head(entry: Entry, document: Document, dates: Sequence[sql.Happening]) -> Head:
    ends = [moment for date in dates if (moment := date.ends_at or date.starts_at)]
    row = SourceRow.objects.filter(entry=entry).order_by("pk").values_list("source_id", "row_id").first()
    return Head(
        id=document.series or (public_id(*row) if row else own_id(entry.pk)),
        starts_at=dates[0].starts_at if dates else None,
        ends_at=max(ends) if ends else None,
        modified_at=entry.updated_at,
        status="scheduled" if dates or entry.kind != "event" else "postponed",  # an event without a date waits for one
        super_event_type="recurring" if document.series else None,
        sub_events=tuple(_id(date, document.source) for date in dates),
        age_min=entry.age_min,
        age_max=entry.age_max,
    )


def _refuse_merged(key: UUID) -> None:
    """One that another stands for is read there."""
    kept = Entry.objects.filter(pk=key).values_list("merged_into", flat=True).first()
    if kept is not None:
        row = SourceRow.objects.filter(entry=kept).order_by("pk").values_list("source_id", "row_id").first()
        raise Moved(f"{settings.BASE_URL}/v1/event/{public_id(*row) if row else own_id(kept)}/")


def _refuse_hidden(status: str) -> None:
    if status == "withdrawn":
        raise Gone("The event has been withdrawn.")
    if status != "published":
        raise NotFound(NO_EVENT)


# --- putting events together ---------------------------------------------------------


def _events(found: Sequence[sql.Happening], include: frozenset[str]) -> list[bytes]:
    ready = documents({(one.entry, one.place) for one in found}, include)
    return [_event(one, document) for one in found if (document := ready.get((one.entry, one.place)))]


def _event(one: sql.Happening, document: Document) -> bytes:
    head = Head(
        id=_id(one, document.source),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        modified_at=one.updated_at,
        status=one.status,
        super_event=document.series or None,
        age_min=one.facts.get("min_age", one.age_min),
        age_max=one.facts.get("max_age", one.age_max),
        reason=one.reason,
        deleted=one.entry_status != "published",
    )
    return event_bytes(head, site(document.source, settings.BASE_URL), document.body)


def _id(one: sql.Happening, source: str) -> str:
    return public_id(source, one.row_id) if one.row_id else own_id(one.key)
