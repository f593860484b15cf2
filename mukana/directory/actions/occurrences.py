"""Writing dated happenings: given by a source, or made of a schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mukana.directory.actions import changes
from mukana.directory.drafts import OccurrenceDraft, ScheduleDraft
from mukana.directory.models import Occurrence, Schedule
from mukana.lib.ids import stable_id
from mukana.lib.recurrence import instances, rhythm_of

BEHIND = timedelta(days=7)
AHEAD = timedelta(days=190)
BATCH = 500  # entries looked at together by the nightly job
COLUMNS = ["starts_at", "ends_at", "all_day", "status", "reason", "place", "facts", "row_id", "planned"]


def given(entry: UUID, draft: OccurrenceDraft, place: UUID | None) -> Occurrence:
    """The occurrence a source tells of; its id stays while the source's row id (or time) does."""
    return Occurrence(
        id=stable_id(str(entry), draft.row_id or draft.starts_at.isoformat()),
        entry_id=entry,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at if draft.ends_at is None or draft.ends_at >= draft.starts_at else None,
        all_day=draft.all_day,
        status=draft.status,
        reason=draft.reason,
        place_id=place,
        facts=draft.facts,
        row_id=draft.row_id,
    )


def planned(entry: UUID, schedules: Iterable[ScheduleDraft], today: date) -> list[Occurrence]:
    """The occurrences of the schedules from a week back to half a year ahead."""
    made = {
        moment.original_date.isoformat() + moment.starts_at.strftime("%H%M"): moment
        for schedule in schedules
        for moment in instances(rhythm_of(schedule), today - BEHIND, today + AHEAD)
    }
    return [
        Occurrence(
            id=stable_id(str(entry), "planned", key),
            entry_id=entry,
            starts_at=moment.starts_at,
            ends_at=moment.ends_at,
            status=moment.status,
            reason=moment.reason,
            planned=True,
        )
        for key, moment in made.items()
    ]


def put(occurrences: Sequence[Occurrence]) -> None:
    """Insert or overwrite by id."""
    unique = {occurrence.pk: occurrence for occurrence in occurrences}
    Occurrence.objects.bulk_create(unique.values(), update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS, batch_size=500)


def replace(entry: UUID, occurrences: Sequence[Occurrence], since: datetime | None = None) -> None:
    """Make these the entry's only occurrences; with `since`, the only planned ones from then on."""
    scope = Q(entry_id=entry) if since is None else Q(entry_id=entry, starts_at__gte=since, planned=True)
    Occurrence.objects.filter(scope).exclude(id__in=[occurrence.pk for occurrence in occurrences]).delete()
    put(occurrences)


def set_schedules(entry: UUID, schedules: Sequence[ScheduleDraft]) -> None:
    """Make these the entry's only schedules (their occurrences are made apart)."""
    Schedule.objects.filter(entry_id=entry).delete()
    Schedule.objects.bulk_create(
        Schedule(entry_id=entry, **{**asdict(schedule), "days": list(schedule.days), "exceptions": list(schedule.exceptions)})
        for schedule in schedules
    )


def extend(today: date, now: datetime) -> int:
    """Make the coming half year's occurrences of every schedule (the nightly job).

    Only entries whose dates really change are written and put on the feed.  Gives their count.
    """
    by_entry: dict[UUID, list[ScheduleDraft]] = {}
    for row in Schedule.objects.filter(until__gte=today):
        by_entry.setdefault(row.entry_id, []).append(draft_of(row))
    ids = list(by_entry)
    return sum(_extend({entry: by_entry[entry] for entry in ids[at : at + BATCH]}, today, now) for at in range(0, len(ids), BATCH))


@transaction.atomic
def _extend(by_entry: dict[UUID, list[ScheduleDraft]], today: date, now: datetime) -> int:
    standing: dict[UUID, set[tuple[object, ...]]] = {entry: set() for entry in by_entry}
    for one in Occurrence.objects.filter(entry_id__in=by_entry, starts_at__gte=now, planned=True):
        standing[one.entry_id].add(_facts(one))
    changed = []
    for entry, schedules in by_entry.items():
        coming = [one for one in planned(entry, schedules, today) if one.starts_at >= now]
        if {_facts(one) for one in coming} != standing[entry]:
            replace(entry, coming, since=now)
            changed.append(entry)
    changes.record(changed, "updated", now)
    return len(changed)


def _facts(one: Occurrence) -> tuple[object, ...]:
    """What makes two occurrences the same."""
    ends = one.ends_at.timestamp() if one.ends_at else None
    return one.pk, one.starts_at.timestamp(), ends, one.status, tuple(sorted(one.reason.items()))


def draft_of(row: Schedule) -> ScheduleDraft:
    """The stored schedule as a draft again."""
    fields = {name: getattr(row, name) for name in ScheduleDraft.__dataclass_fields__}
    return ScheduleDraft(**{**fields, "days": tuple(row.days), "exceptions": tuple(row.exceptions)})
