"""Suggesting, merging, telling apart and splitting again.

Merging moves nothing: the twin stays a record of its own that its source keeps up to date, and
points at the one that stands for both (`merged_into`).  So both sources stay, what they say
differently can be seen at any time, and splitting loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mukana.audit.actions import record
from mukana.directory.actions import changes
from mukana.directory.models import Entry
from mukana.duplicates.blocking import pairs
from mukana.duplicates.models import Pair
from mukana.duplicates.queries import faces, keys
from mukana.duplicates.rules import SUGGEST, Likeness, likeness

AT_A_TIME = 500


class NotAPair(Exception):
    """The entry to keep is not one of the two, or one of them already stands for or under another."""


def suggest(now: datetime, entries: Collection[UUID] | None = None) -> int:
    """Compare the entries (all when None) with everything visible; gives how many new pairs a person has to look at."""
    if entries is not None and not entries:
        return 0
    wanted = None if entries is None else keys(entries)
    found: dict[tuple[UUID, UUID], Likeness] = {}
    for one, two in pairs(faces(entries), wanted):
        alike = likeness(one, two)
        if alike.score >= SUGGEST:
            first, second = sorted((UUID(one.key), UUID(two.key)))
            found[first, second] = alike
    return _keep(found, entries, now)


@transaction.atomic
def _keep(found: dict[tuple[UUID, UUID], Likeness], entries: Collection[UUID] | None, now: datetime) -> int:
    """New pairs are written, waiting ones renewed, those no more alike put away; decided ones stay as decided."""
    standing = {(pair.first_id, pair.second_id): pair for pair in _standing(entries)}
    new = [
        Pair(first_id=first, second_id=second, score=alike.score, agree=alike.agree, differ=alike.differ, found_at=now)
        for (first, second), alike in found.items()
        if (first, second) not in standing
    ]
    made = len(Pair.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_A_TIME))
    renewed = []
    for ids, pair in standing.items():
        alike = found.get(ids, Likeness(0.0))
        state = "suggested" if ids in found else "passed"
        if pair.state in ("suggested", "passed") and (pair.state, pair.score) != (state, alike.score):
            made += state == "suggested" and pair.state == "passed"
            pair.state, pair.score, pair.agree, pair.differ = state, alike.score, list(alike.agree), list(alike.differ)
            renewed.append(pair)
    Pair.objects.bulk_update(renewed, ["state", "score", "agree", "differ"], batch_size=AT_A_TIME)
    return made


def _standing(entries: Collection[UUID] | None) -> list[Pair]:
    if entries is None:
        return list(Pair.objects.all())
    chosen = list(entries)
    found: dict[int, Pair] = {}
    for at in range(0, len(chosen), AT_A_TIME):
        part = chosen[at : at + AT_A_TIME]
        found |= {pair.pk: pair for pair in Pair.objects.filter(Q(first__in=part) | Q(second__in=part))}
    return list(found.values())


@transaction.atomic
def merge(pair: Pair, *, keep: UUID, now: datetime, by: str) -> Entry:
    """One of the two stands for both from now on.  Raises NotAPair.

    What was merged into the twin before goes along.
    """
    if keep not in (pair.first_id, pair.second_id):
        raise NotAPair(str(keep))
    held = {entry.pk: entry for entry in Entry.objects.select_for_update().filter(pk__in=(pair.first_id, pair.second_id))}
    kept = held.pop(keep)
    (twin,) = held.values()
    if kept.merged_into_id is not None or twin.merged_into_id is not None:
        raise NotAPair(str(pair))
    Entry.objects.filter(Q(pk=twin.pk) | Q(merged_into=twin)).update(merged_into=kept)
    _decide(pair, "merged", now, by)
    record("merged", f"directory.Entry:{kept.pk}", by=by, twin=str(twin.pk))
    changes.record([kept.pk], "updated", now)
    changes.record([twin.pk], "removed", now)
    return kept


@transaction.atomic
def tell_apart(pair: Pair, *, now: datetime, by: str) -> None:
    """The two are different things; they are never suggested again."""
    _decide(pair, "apart", now, by)
    record("told apart", f"directory.Entry:{pair.first_id}", by=by, other=str(pair.second_id))


@transaction.atomic
def split(twin: Entry, *, now: datetime, by: str) -> None:
    """A merged entry stands on its own again, with everything its source has told meanwhile.  Raises NotAPair."""
    kept = twin.merged_into_id
    if kept is None:
        raise NotAPair(str(twin.pk))
    Entry.objects.filter(pk=twin.pk).update(merged_into=None)
    first, second = sorted((twin.pk, kept))
    pair, _ = Pair.objects.get_or_create(first_id=first, second_id=second, defaults={"score": 0.0, "found_at": now})
    _decide(pair, "apart", now, by)
    record("split", f"directory.Entry:{kept}", by=by, twin=str(twin.pk))
    changes.record([kept], "updated", now)
    changes.record([twin.pk], "created" if twin.status == "published" else "updated", now)


def _decide(pair: Pair, state: str, now: datetime, by: str) -> None:
    pair.state, pair.decided_at, pair.decided_by = state, now, by
    pair.save(update_fields=["state", "decided_at", "decided_by"])
