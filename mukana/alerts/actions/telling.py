"""Sending what was found, to those whose time has come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mukana.alerts import letters
from mukana.alerts.actions.confirming import question_of
from mukana.alerts.models import Alert
from mukana.alerts.rules import ON, by_day
from mukana.directory.queries.rows import Row, rows
from mukana.lib.jobs import stopping

BATCH = 500  # alerts of a round


def tell_due(moment: datetime) -> int:
    """Send to those who are due.  Gives the count of messages."""
    due = Alert.objects.filter(state=ON, due_at__lte=moment).order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]
    sent = 0
    for key in list(due):
        if stopping():
            break
        sent += _tell(key, moment)
    return sent


@transaction.atomic
def _tell(key: UUID, moment: datetime) -> bool:
    """One message of everything that still stands; none when nothing does, or when it is night."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("subscriber").filter(pk=key, state=ON).first()
    if alert is None:
        return False
    morning = by_day(moment, alert.subscriber.channel)
    if morning > moment:  # it waited for long, while nothing could be sent
        Alert.objects.filter(pk=key).update(due_at=morning)
        return False
    found = _still_there(alert, moment)
    Alert.objects.filter(pk=key).update(due_at=None)
    alert.finds.all().delete()
    return letters.tell(alert, found) if found else False


def _still_there(alert: Alert, moment: datetime) -> list[Row]:
    asked = question_of(alert).asked
    ids = list(alert.finds.values_list("entry_id", flat=True))
    return rows(ids, moment, weekdays=asked.weekdays, dayparts=asked.dayparts)
