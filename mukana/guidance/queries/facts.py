"""What entries are weighed by, in a fixed number of queries and without model instances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mukana.directory.models import Change, Entry, EntryTerm, Occurrence, Term
from mukana.directory.queries.dates import AT_HOME
from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.telling import told
from mukana.lib.moments import WEEKDAYS, as_local
from mukana.lib.rawrows import dashed, document_of, key_of, list_of, moment_of, raw_rows
from mukana.search.queries import index_stamp

_OF_INDEX = 3  # parts of the index's stamp that tell which index it is; the rest tell its edition
KEPT = 20_000  # entries, some 20 MB
AHEAD = timedelta(days=21)  # of which the days and hours are looked at
WHOLE_AREA = ("koko ", "valtakunnal", "kaikki kun", "hela ", "whole ")  # what sources write in place of a municipality
_BODY = ("summary", "description", "join", "price_note", "whom", "getting_there")
_SCHEMES = ("audience", "topic")
_COLUMNS = (
    *("id", "kind", "form", "goal_id", "municipality_id", "municipality_text", "texts", "features", "accessibility"),
    *("languages", "price_kind", "age_min", "age_max", "place__municipality_id", "place__accessibility"),
)


def facts_of(ids: Sequence[str], now: datetime, *, kilometres: Mapping[str, float | None], times: bool) -> dict[str, Facts]:
    """Entry id → its facts, of the published ones among `ids`; at most four queries.  `times`: also when it is held.

    What does not change between questions is remembered until the entry changes.
    """
    if not ids:
        return {}
    held = _remembered.of(index_stamp())
    missing = [UUID(one) for one in ids if one not in held]
    if missing:
        held.update(_read(missing))
    slots = _slots([UUID(one) for one in ids], now) if times else {}
    return {one: _now(held[one], kilometres.get(one), slots) for one in ids if one in held}


class _Remembered:
    """Facts of the entries weighed before.  The index tells when something has changed, the feed of changes tells what."""

    def __init__(self) -> None:
        self._edition: tuple[object, ...] | None = None
        self._facts: dict[str, Facts] = {}
        self._seen = 0

    def of(self, edition: tuple[object, ...] | None) -> dict[str, Facts]:
        """Those that still hold; without an index nothing is remembered."""
        if edition is None:
            return {}
        if edition != self._edition:
            self._renew(edition)
        if len(self._facts) > KEPT:
            self._facts = {}
        return self._facts

    def _renew(self, edition: tuple[object, ...]) -> None:
        """Forgets the entries that have changed; all of them when the index was made anew or very much has changed."""
        newest = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        same = self._edition is not None and self._edition[:_OF_INDEX] == edition[:_OF_INDEX]
        if not (same and 0 <= newest - self._seen <= KEPT):
            self._facts = {}
        elif self._facts:
            for entry in Change.objects.filter(seq__gt=self._seen, seq__lte=newest).order_by().values_list("entry_id", flat=True):
                self._facts.pop(str(entry), None)
        self._edition, self._seen = edition, newest


_remembered = _Remembered()


def _now(facts: Facts, km: float | None, slots: Mapping[str, frozenset[str]]) -> Facts:
    """With what belongs to this question."""
    far = km if facts.form not in AT_HOME else None
    return replace(facts, km=far, slots=slots.get(facts.id.replace("-", ""), frozenset()))


def _read(keys: Sequence[UUID]) -> dict[str, Facts]:
    rows = list(raw_rows(Entry.objects.public().filter(pk__in=keys).order_by().values_list(*_COLUMNS)))
    terms = _terms(keys)
    made = (_facts(row, terms[key_of(row[0])]) for row in rows)
    return {facts.id: facts for facts in made}


def _facts(row: tuple[Any, ...], terms: dict[str, set[str]]) -> Facts:
    texts = document_of(row[6])
    town = row[4] or row[13] or row[5].casefold()
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
        features=frozenset(list_of(row[7])),
        languages=frozenset(list_of(row[9])),
        accessibility={**document_of(row[14]), **document_of(row[8])},
        price=row[10],
        age_min=row[11],
        age_max=row[12],
        told=told(title, body),
    )


def _words(texts: dict[str, Any]) -> tuple[str, str]:
    title = " ".join(str(fields.get("name", "")) for language, fields in texts.items() if language != "fi-x-selko")
    body = " ".join(
        str(fields[name]) for language, fields in texts.items() if language != "fi-x-selko" for name in _BODY if fields.get(name)
    )
    return title, body


def _terms(keys: Sequence[UUID]) -> dict[str, dict[str, set[str]]]:
    """Entry → scheme → codes.  The few words are read by themselves, for joining them takes half as long again."""
    words = {
        key: (scheme, code) for key, scheme, code in Term.objects.filter(scheme__in=_SCHEMES).order_by().values_list("pk", "scheme", "code")
    }
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry, term in raw_rows(EntryTerm.objects.filter(entry__in=keys).order_by().values_list("entry_id", "term_id")):
        if term in words:
            scheme, code = words[term]
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
