"""What entries are weighed by, in a fixed number of queries and without model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mukana.directory.models import Entry, EntryTerm, Occurrence, Place
from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.telling import told
from mukana.lib.moments import WEEKDAYS, as_local
from mukana.lib.rawrows import dashed, document_of, key_of, list_of, moment_of, raw_rows

AHEAD = timedelta(days=21)  # of which the days and hours are looked at
WHOLE_AREA = ("koko ", "valtakunnal", "kaikki kun", "hela ", "whole ")  # what sources write in place of a municipality
_BODY = ("summary", "description", "join", "price_note", "whom", "getting_there")
_COLUMNS = (
    *("id", "kind", "form", "goal_id", "municipality_id", "municipality_text", "place_id", "texts", "features", "accessibility"),
    *("languages", "price_kind", "age_min", "age_max"),
)


def facts_of(ids: Sequence[str], now: datetime, *, kilometres: Mapping[str, float | None], times: bool) -> dict[str, Facts]:
    """Entry id → its facts, of the published ones among `ids`; at most four queries.  `times`: also when it is held."""
    if not ids:
        return {}
    keys = [UUID(one) for one in ids]
    rows = list(raw_rows(Entry.objects.public().filter(pk__in=keys).order_by().values_list(*_COLUMNS)))
    places = _places({key_of(row[6]) for row in rows if row[6]})
    terms = _terms(keys)
    slots = _slots(keys, now) if times else {}
    found = {}
    for row in rows:
        digits = key_of(row[0])
        facts = _facts(row, places.get(key_of(row[6] or ""), ("", {})), terms[digits], kilometres.get(dashed(digits)))
        found[facts.id] = facts if not times else _with_slots(facts, slots.get(digits, frozenset()))
    return found


def _facts(row: tuple[Any, ...], place: tuple[str, dict[str, Any]], terms: dict[str, set[str]], km: float | None) -> Facts:
    texts = document_of(row[7])
    town = row[4] or place[0] or row[5].casefold()
    title, body = _words(texts)
    return Facts(
        id=dashed(key_of(row[0])),
        kind=row[1],
        form=row[2],
        goal=row[3] or "",
        municipality=town,
        anywhere=row[5].casefold().startswith(WHOLE_AREA),
        audiences=frozenset(terms["audience"]),
        topics=frozenset(terms["topic"]),
        features=frozenset(list_of(row[8])),
        languages=frozenset(list_of(row[10])),
        accessibility={**place[1], **document_of(row[9])},
        price=row[11],
        age_min=row[12],
        age_max=row[13],
        km=km if row[2] not in ("remote_together", "video_home") else None,
        told=told(title, body),
    )


def _with_slots(facts: Facts, slots: frozenset[str]) -> Facts:
    return replace(facts, slots=slots)


def _words(texts: dict[str, Any]) -> tuple[str, str]:
    title = " ".join(str(fields.get("name", "")) for language, fields in texts.items() if language != "fi-x-selko")
    body = " ".join(
        str(fields[name]) for language, fields in texts.items() if language != "fi-x-selko" for name in _BODY if fields.get(name)
    )
    return title, body


def _places(keys: set[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    if not keys:
        return {}
    rows = raw_rows(Place.objects.filter(pk__in=[UUID(key) for key in keys]).values_list("id", "municipality_id", "accessibility"))
    return {key_of(key): (town or "", document_of(access)) for key, town, access in rows}


def _terms(keys: Sequence[UUID]) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    carried = EntryTerm.objects.filter(entry__in=keys, term__scheme__in=("audience", "topic")).order_by()
    for entry, scheme, code in raw_rows(carried.values_list("entry_id", "term__scheme", "term__code")):
        found[key_of(entry)][scheme].add(code)
    return found


def _slots(keys: Sequence[UUID], now: datetime) -> dict[str, frozenset[str]]:
    """Entry → times of day and week at which it is held in the next weeks."""
    rows = Occurrence.objects.filter(entry__in=keys, starts_at__gte=now, starts_at__lt=now + AHEAD, all_day=False)
    found: dict[str, set[str]] = defaultdict(set)
    for entry, start in raw_rows(rows.exclude(status="cancelled").order_by().values_list("entry_id", "starts_at")):
        found[key_of(entry)].add(slot_of(as_local(moment_of(start))))
    return {key: frozenset(slots) for key, slots in found.items()}


def slot_of(local: datetime) -> str:
    """The time of `wish.TIMES` that a moment belongs to."""
    if WEEKDAYS[local.weekday()] in ("sat", "sun"):
        return "weekend"
    return f"weekday_{'morning' if local.hour < 12 else 'afternoon' if local.hour < 16 else 'evening'}"
