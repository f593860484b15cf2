"""Pausing, changing the rhythm, ending; and the ends that come by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mukana.alerts.actions.confirming import NoAlert, alert_of
from mukana.alerts.actions.subscribing import Address
from mukana.alerts.models import Alert, Subscriber
from mukana.alerts.rules import ON, PAUSED, UNCONFIRMED_DAYS, WAITING, next_moment
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.outbox.rules import Bounce

ABOUT = "alerts.Alert:"


@transaction.atomic
def set_paused(token: str, paused: bool) -> Alert:
    """Send nothing for the time being, or go on; what came meanwhile is told then.  Raises NoAlert."""
    alert = alert_of(token)
    if alert.state != WAITING:
        alert.state = PAUSED if paused else ON
        if alert.state == ON and alert.finds.exists():
            alert.due_at = next_moment(alert.rhythm, alert.subscriber.channel, now())
        alert.save(update_fields=["state", "due_at"])
    return alert


@transaction.atomic
def set_rhythm(token: str, rhythm: str) -> Alert:
    """How often from now on.  Raises NoAlert."""
    alert = alert_of(token)
    alert.rhythm = rhythm
    if alert.due_at is not None:
        alert.due_at = next_moment(rhythm, alert.subscriber.channel, now())
    alert.save(update_fields=["rhythm", "due_at"])
    return alert


def end(token: str) -> bool:
    """End it and forget it at once; the address as well when this was its last.  False when it was gone already."""
    try:
        alert = alert_of(token)
    except NoAlert:
        return False
    return _end(Alert.objects.filter(pk=alert.pk), "visitor") > 0


def end_all(address: Address, *, by: str) -> int:
    """End everything of an address, for somebody who phones.  Gives how many."""
    return _end(Alert.objects.filter(subscriber=address.digest), by)


def hear_bounce(bounce: Bounce) -> None:
    """An address that takes no messages has no alerts."""
    if not bounce.about.startswith(ABOUT):
        return
    alert = Alert.objects.filter(pk=bounce.about.removeprefix(ABOUT)).first()
    if alert is not None:
        _end(Alert.objects.filter(subscriber=alert.subscriber_id), "system", why="bounced")


def forget_unconfirmed(moment: datetime) -> int:
    """Erase what nobody confirmed in three days, with its address."""
    late = Alert.objects.filter(state=WAITING, made_at__lt=moment - timedelta(days=UNCONFIRMED_DAYS))
    count, _ = late.delete()
    _forget_addresses()
    return count


@transaction.atomic
def _end(alerts: object, by: str, **why: str) -> int:
    rows = list(alerts)  # type: ignore[call-overload]  # a queryset
    for alert in rows:
        record("alert.ended", f"{ABOUT}{alert.pk}", by=by, **why)
        alert.delete()
    _forget_addresses()
    return len(rows)


def _forget_addresses() -> None:
    """An address without an alert is not kept."""
    Subscriber.objects.filter(alerts=None).delete()
