"""Changing facts of an entry one by one, by its keeper or by staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mukana.directory.actions import changes, occurrences
from mukana.directory.actions.terms import Vocabulary, set_terms
from mukana.directory.models import Entry, EntryTerm, Occurrence, Place, Schedule, SourceRow
from mukana.directory.own import APART, put, schedule_draft, schedules_json, value_of
from mukana.lib.clock import now

Changed = dict[str, tuple[Any, Any]]  # key → before, after


@transaction.atomic
def edit(entry: Entry, values: Mapping[str, Any], *, to_source: bool = False) -> Changed:
    """Write the values that differ from what stands; gives them with what stood before.

    On an entry that comes from a source the values become its keeper's own words; with `to_source` they are the
    source's words again.
    """
    kept = Entry.objects.select_for_update().get(pk=entry.pk)
    made = {key: (before, value) for key, value in values.items() if (before := fact(kept, key)) != value}
    wanted = dict.fromkeys(values) if to_source else made
    if not wanted:
        return {}
    moment = now()
    for key in made:
        _write(kept, key, values[key], moment)
    if to_source or SourceRow.objects.filter(entry=kept).exists():
        kept.own = _own(kept.own, made, values if to_source else {})
    kept.save()
    changes.record([kept.pk], "updated", moment)
    entry.refresh_from_db()
    return made


def fact(entry: Entry, key: str) -> Any:
    """The value of any key as it stands in the database."""
    if key == "topics":
        found = EntryTerm.objects.filter(entry=entry, term__scheme="topic").values_list("term__code", flat=True)
        return sorted(found)
    if key == "schedules":
        return schedules_json(occurrences.draft_of(row) for row in Schedule.objects.filter(entry=entry))
    return value_of(entry, key)


def read_again(entry: Entry) -> None:
    """Let the next import read the entry's rows though they have not changed."""
    SourceRow.objects.filter(entry=entry).update(digest=b"")


def _write(entry: Entry, key: str, value: Any, moment: datetime) -> None:
    if key not in APART:
        put(entry, key, value)
        if key == "place_id" and value:
            _stand_at(entry, Place.objects.get(pk=value))
    elif key == "topics":
        words = set(EntryTerm.objects.filter(entry=entry).values_list("term__scheme", "term__code"))
        left = {word for word in words if word[0] != "topic"}
        set_terms({entry.pk: left | {("topic", code) for code in value}}, Vocabulary(), fresh=set())
    else:
        drafts = [schedule_draft(one) for one in value]
        occurrences.set_schedules(entry.pk, drafts)
        Occurrence.objects.filter(entry=entry, starts_at__gte=moment, planned=False).delete()  # the source's dates
        coming = [one for one in occurrences.planned(entry.pk, drafts, moment.date()) if one.starts_at >= moment]
        occurrences.replace(entry.pk, coming, since=moment)


def _stand_at(entry: Entry, place: Place) -> None:
    entry.lat, entry.lon, entry.municipality_id = place.lat, place.lon, place.municipality_id


def _own(own: Mapping[str, Any], made: Changed, released: Mapping[str, Any]) -> dict[str, Any]:
    """The keeper's words after the change; a word that is the source's again is nobody's own."""
    kept = {key: dict(word) for key, word in own.items() if key not in released}
    for key, (before, value) in made.items():
        if key in released:
            continue
        source = kept[key]["source"] if key in kept else before
        if source == value:
            kept.pop(key, None)
        else:
            kept[key] = {"value": value, "source": source, "then": source}
    return kept
