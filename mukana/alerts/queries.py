"""Counts for staff: how many searches, how often, what has been sent; nobody's address and nobody's search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from mukana.alerts.models import Alert
from mukana.alerts.rules import CHANNELS, ON, RHYTHMS, STATES
from mukana.outbox.models import Message
from mukana.outbox.rules import BOUNCED

DAYS = 30
KINDS = ("alerts.confirm", "alerts.news")


@dataclass(frozen=True, slots=True)
class Counts:
    """`by_*`: code → how many alerts; the rest are messages of the last thirty days."""

    by_state: dict[str, int]
    by_rhythm: dict[str, int]
    by_channel: dict[str, int]
    sent: int
    returned: int


def counts(moment: datetime) -> Counts:
    """As things are now."""
    running = Alert.objects.filter(state=ON)
    messages = Message.objects.filter(kind__in=KINDS, queued_at__gt=moment - timedelta(days=DAYS))
    return Counts(
        by_state=_grouped(Alert.objects.all(), "state", STATES),
        by_rhythm=_grouped(running, "rhythm", RHYTHMS),
        by_channel=_grouped(running, "subscriber__channel", CHANNELS),
        sent=messages.exclude(sent_at=None).count(),
        returned=messages.filter(state=BOUNCED).count(),
    )


def _grouped(alerts: object, field: str, codes: tuple[str, ...]) -> dict[str, int]:
    found = dict(alerts.order_by().values_list(field).annotate(Count("pk")))  # type: ignore[attr-defined]  # a queryset
    return {code: found.get(code, 0) for code in codes}
