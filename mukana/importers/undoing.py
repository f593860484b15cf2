"""Undoing an import: what only it brought goes, what somebody else holds on to stays and is told.

A run's rows know it (`SourceRow.first_run`), so a run is undone by its own traces, a source by all of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from mukana.audit.actions import record
from mukana.directory.actions import changes
from mukana.directory.models import Entry, EntryTerm, Occurrence, Place, Schedule, Source, SourceRow
from mukana.importers.actions import alone
from mukana.importers.models import ImportRun, Undoing
from mukana.importers.rules import Claim, stays
from mukana.lib.clock import now
from mukana.organisations.models import Organisation, name_of

AT_ONCE = 300
NAMED = 200  # of those that stay
DEEPEST = 8  # organisations stand in each other at most this deep
OWN: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Entry: (SourceRow, Occurrence, EntryTerm, Schedule),
    Place: (SourceRow,),
    Organisation: (SourceRow,),
}
SUGGESTED = {"pairs_as_first", "pairs_as_second", "doubts"}  # made by the machine: they go with their entry
POINTERS = {Entry: "entry", Place: "place", Organisation: "organisation"}


@dataclass(slots=True)
class Outcome:
    """What went, and what stays and why: [{"id", "name", "why"}] of the first entries that stay."""

    entries: int = 0
    places: int = 0
    organisations: int = 0
    updated: int = 0  # entries that stood before and were only written over
    kept_count: int = 0
    kept: list[dict[str, str]] = field(default_factory=list)


def ask(source: Source, run: ImportRun | None, *, by: str) -> Undoing:
    """Put the undoing in the worker's queue; asking twice is asking once."""
    asked, fresh = Undoing.objects.get_or_create(source=source, run=run, done_at=None, defaults={"by": by, "asked_at": now()})
    if fresh:
        record("asked to undo an import", f"directory.Source:{source.key}", by=by, run=run.pk if run else "all")
    return asked


def take_undoing() -> bool:
    """Do the oldest undoing that waits.  Gives False when none does.  The worker calls this."""
    waiting = Undoing.objects.filter(done_at=None).select_related("source", "run").first()
    if waiting is None:
        return False
    with alone(waiting.source), transaction.atomic():
        outcome = undo(waiting.source, waiting.run)
        detail: dict[str, Any] = {
            "run": waiting.run_id or "all",
            "kept": outcome.kept_count,
            "entries": outcome.entries,
            "places": outcome.places,
        }
        record("undid an import", f"directory.Source:{waiting.source_id}", by=waiting.by, **detail)
        if waiting.run is None:
            waiting.source.delete()
        else:
            Undoing.objects.filter(pk=waiting.pk).update(done_at=now(), outcome=asdict(outcome))
    return True


def foretell(source: Source, run: ImportRun | None) -> Outcome:
    """What undoing would do: done and taken back at once."""
    with transaction.atomic():
        outcome = undo(source, run)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def undo(source: Source, run: ImportRun | None) -> Outcome:
    """Remove what only this run (or, without one, only this source) brought; the change feed is told."""
    ours = Q(source=source) if run is None else Q(source=source, first_run=run.pk)
    outcome = Outcome()
    written = SourceRow.objects.filter(source=source, run=run.pk, entry__isnull=False).exclude(ours) if run else SourceRow.objects.none()
    stood = set(written.values_list("entry_id", flat=True))
    gone = list(_goes(Entry, ours, stood, outcome))
    _delete(Entry, gone)
    outcome.entries = len(gone)
    outcome.updated = len(stood)
    outcome.places = _clear(Place, ours)
    outcome.organisations = _clear(Organisation, ours)
    changes.record(sorted(gone), "removed", now())
    return outcome


def _goes(model: type[models.Model], ours: Q, stood: set[UUID], outcome: Outcome) -> Iterator[UUID]:
    """The entries that go; those that stay are written into the outcome."""
    for entry in _claimed(model, ours).iterator(chunk_size=AT_ONCE):
        reason = stays(_claim_of(entry))
        if not reason:
            yield entry.pk
        elif entry.pk not in stood:
            outcome.kept_count += 1
            if len(outcome.kept) < NAMED:
                outcome.kept.append({"id": str(entry.pk), "name": name_of(entry.texts), "why": reason})


def _clear(model: type[models.Model], ours: Q) -> int:
    """Delete what nothing holds on to; again, until what stood inside another has let go of it."""
    count = 0
    for _ in range(DEEPEST):
        free = [one.pk for one in _claimed(model, ours).iterator(chunk_size=AT_ONCE) if not stays(_claim_of(one))]
        _delete(model, free)
        count += len(free)
        if not free:
            break
    return count


def _claimed(model: type[models.Model], ours: Q) -> QuerySet[Any]:
    """Records that the rows brought, each with who else holds on to it."""
    pointer = POINTERS[model]
    mine = SourceRow.objects.filter(ours, **{pointer: OuterRef("pk")})
    others = SourceRow.objects.filter(**{pointer: OuterRef("pk")}).exclude(ours)
    users = [
        Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in model._meta.related_objects
        if relation.related_model not in OWN[model] and relation.get_accessor_name() not in SUGGESTED
    ]
    in_use = users[0]
    for one in users[1:]:
        in_use |= one  # type: ignore[assignment]  # conditions joined by "or" are a condition
    claimed: QuerySet[Any] = model._default_manager.filter(Exists(mine)).annotate(elsewhere=Exists(others), in_use=in_use)
    return claimed


def _claim_of(thing: Any) -> Claim:
    decided = any(getattr(thing, name) for name in getattr(thing, "DECIDED", ()))
    return Claim(elsewhere=thing.elsewhere, by_people=decided, in_use=thing.in_use)


def _delete(model: type[models.Model], ids: Sequence[UUID]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        model._default_manager.filter(pk__in=ids[start : start + AT_ONCE]).delete()
