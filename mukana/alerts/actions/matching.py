"""The change feed against all searches: the changed entries make a small index, and every search is asked of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mukana.alerts.models import Alert, Cursor, Find
from mukana.alerts.rules import ON, WAITING, is_new, mark, next_moment, unpacked
from mukana.directory.models import Change, Entry
from mukana.lib.jobs import stopping
from mukana.search.kept import kept
from mukana.search.matching import Question, changed
from mukana.search.queries import NoIndex, position

BATCH = 2_000  # changes looked at together
TOGETHER = 500  # alerts written together


@dataclass(frozen=True, slots=True)
class _Changed:
    """An entry of the batch: its last place in the feed, when it was made, itself and its twins."""

    seq: int
    created_at: datetime
    family: tuple[UUID, ...]


def match(moment: datetime) -> int:
    """Take in what has changed since the last time.  Gives how many entries were new to somebody's search."""
    found = 0
    while (part := _batch()) and not stopping():
        found += _match(part, moment)
    return found


def _batch() -> dict[UUID, int]:
    """Changed entry → its last place in the feed, up to where the index is; empty when there is nothing new."""
    cursor, _ = Cursor.objects.get_or_create(pk=1)
    until = position()
    if until is None:
        return {}
    rows = Change.objects.filter(seq__gt=cursor.position, seq__lte=until).order_by("seq").values_list("entry_id", "seq")
    return dict(rows[:BATCH])


def _match(part: dict[UUID, int], moment: datetime) -> int:
    """Each different search is asked once, however many wait for its news."""
    entries, until = _entries(part), max(part.values())
    searches: dict[str, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.exclude(state=WAITING).only("search", "place") if entries else ():
        searches[f"{alert.place} {sorted(alert.search.items())}"].append(alert)
    if not searches:
        return _keep({}, entries, until, moment)
    try:
        matcher = changed(list(entries), moment)
    except NoIndex:
        return 0
    hits: dict[UUID, list[UUID]] = {}
    for alerts in searches.values():
        found = [UUID(one) for one in matcher.answers(Question(kept(alerts[0].search), alerts[0].place))]
        hits |= {alert.pk: found for alert in alerts if found}
    return _keep(hits, entries, until, moment)


def _entries(part: dict[UUID, int]) -> dict[UUID, _Changed]:
    made = dict(Entry.objects.public().filter(pk__in=part).values_list("pk", "created_at"))
    twins: dict[UUID, list[UUID]] = defaultdict(list)
    for twin, into in Entry.objects.filter(merged_into__in=made).values_list("pk", "merged_into_id"):
        twins[into].append(twin)
    return {pk: _Changed(part[pk], created, (pk, *twins[pk])) for pk, created in made.items()}


def _new(alert: Alert, hits: Iterable[UUID], entries: dict[UUID, _Changed]) -> list[UUID]:
    """Those of the hits that the alert's owner has had no chance to see."""
    known = unpacked(bytes(alert.known))
    begun = alert.confirmed_at
    return [
        hit
        for hit in hits
        if (one := entries[hit]).seq > alert.position
        and is_new(one.family, known)
        and not (alert.wide and begun is not None and one.created_at <= begun)
    ]


@transaction.atomic
def _keep(hits: dict[UUID, list[UUID]], entries: dict[UUID, _Changed], until: int, moment: datetime) -> int:
    """Write down what is new to whom and how far we are, together.  An alert that has ended meanwhile is passed over."""
    keys, count = list(hits), 0
    for at in range(0, len(keys), TOGETHER):
        finds, changed_alerts = [], []
        standing = Alert.objects.select_for_update(of=("self",)).select_related("subscriber").filter(pk__in=keys[at : at + TOGETHER])
        for alert in standing:
            new = _new(alert, hits[alert.pk], entries)
            if not new:
                continue
            alert.known = bytes(alert.known) + b"".join(mark(one) for one in new)
            if alert.state == ON and alert.due_at is None:
                alert.due_at = next_moment(alert.rhythm, alert.subscriber.channel, moment)
            finds += [Find(alert=alert, entry_id=one, found_at=moment) for one in new]
            changed_alerts.append(alert)
        Alert.objects.bulk_update(changed_alerts, ["known", "due_at"], batch_size=TOGETHER)
        Find.objects.bulk_create(finds, ignore_conflicts=True, batch_size=1_000)
        count += len(finds)
    Cursor.objects.filter(pk=1).update(position=until)
    return count
