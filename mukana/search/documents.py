"""Entry → SearchDocument, in batches with a fixed number of queries each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from mukana.directory.models import Entry, EntryTerm, Occurrence
from mukana.directory.words import term_name
from mukana.lib.moments import ZONE
from mukana.search.index.document import SearchDocument

BATCH = 500
_BODY = ("description", "join", "getting_there", "price_note", "whom")
Times = dict[UUID, list[tuple[datetime, datetime | None, str]]]
Words = dict[UUID, list[tuple[str, str, dict[str, Any]]]]


def all_documents(now: datetime) -> Iterator[SearchDocument]:
    """Every published entry."""
    yield from documents(Entry.objects.public().values_list("pk", flat=True).order_by("pk").iterator(), now)


def documents(ids: Iterable[UUID], now: datetime) -> Iterator[SearchDocument]:
    """The published ones among `ids`."""
    for batch in _batches(ids):
        entries = list(Entry.objects.public().with_facts().filter(pk__in=batch).order_by("pk"))
        times, words = _times(batch), _words(batch)
        for entry in entries:
            yield document_of(entry, times[entry.pk], words[entry.pk], now)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    held: list[UUID] = []
    for one in ids:
        held.append(one)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held


def _times(ids: list[UUID]) -> Times:
    found: Times = defaultdict(list)
    rows = Occurrence.objects.filter(entry__in=ids).order_by().values_list("entry_id", "starts_at", "ends_at", "status")
    for entry, start, end, status in rows:
        found[entry].append((start, end, status))
    return found


def _words(ids: list[UUID]) -> Words:
    found: Words = defaultdict(list)
    carried = EntryTerm.objects.filter(entry__in=ids).order_by("term__order")
    rows = carried.values_list("entry_id", "term__scheme", "term__code", "term__texts")
    for entry, scheme, code, texts in rows:
        found[entry].append((scheme, code, texts))
    return found


def document_of(
    entry: Entry, times: list[tuple[datetime, datetime | None, str]], words: list[tuple[str, str, dict[str, Any]]], now: datetime
) -> SearchDocument:
    """One entry as the index sees it."""
    place, organisation = entry.place, entry.organisation
    municipality = entry.municipality or (place.municipality if place else None)
    ahead = [start.astimezone(ZONE) for start, end, status in times if status == "scheduled" and (end or start) >= now]
    lasts = [end or start for start, end, _ in times]
    return SearchDocument(
        entry_id=str(entry.pk),
        kind=entry.kind,
        form=entry.form,
        title=_field(entry.texts, "name"),
        summary=_field(entry.texts, "summary"),
        body=_body(entry.texts),
        labels=tuple(_labels(entry, words)),
        municipality=municipality.pk if municipality else "",
        municipality_name=str(municipality) if municipality else entry.municipality_text,
        place=f"{place} {place.address}" if place else "",
        organisation=str(organisation) if organisation else "",
        organisation_id=str(organisation.pk) if organisation else "",
        topics=_codes(words, "topic"),
        audiences=_codes(words, "audience"),
        features=tuple(entry.features),
        accessibility=_accessible(entry),
        languages=tuple(entry.languages),
        free=entry.price_kind == "free",
        lat=entry.lat,
        lon=entry.lon,
        occurrences=tuple(ahead),
        last_end=max(lasts) if lasts else None,
        age_min=entry.age_min,
        age_max=entry.age_max,
    )


def _field(texts: dict[str, Any], name: str) -> dict[str, str]:
    return {language: str(fields[name]) for language, fields in texts.items() if fields.get(name)}


def _body(texts: dict[str, Any]) -> dict[str, str]:
    bodies: dict[str, str] = {}
    for language, fields in texts.items():
        parts = [str(fields[name]) for name in _BODY if fields.get(name)]
        for step in fields.get("steps") or ():
            parts += [str(step.get("title", "")), str(step.get("text", ""))]
        if parts:
            bodies[language] = "\n".join(parts)
    return bodies


def _labels(entry: Entry, words: list[tuple[str, str, dict[str, Any]]]) -> Iterator[str]:
    for scheme, code, texts in words:
        name = str((texts.get("fi") or {}).get("name") or "")
        yield name or (term_name(scheme, code) if scheme != "keyword" else code)
    for code in entry.features:
        yield term_name("feature", code)


def _codes(words: list[tuple[str, str, dict[str, Any]]], scheme: str) -> tuple[str, ...]:
    return tuple(code for held, code, _ in words if held == scheme)


def _accessible(entry: Entry) -> tuple[str, ...]:
    states = {**(entry.place.accessibility if entry.place else {}), **entry.accessibility}
    return tuple(sorted(profile for profile, state in states.items() if state == "yes"))
