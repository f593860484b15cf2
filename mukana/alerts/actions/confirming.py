"""The press or the six digits that begin an alert: what answers it now is known from here on."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from mukana.alerts import secrets
from mukana.alerts.actions.subscribing import Address
from mukana.alerts.models import Alert
from mukana.alerts.rules import MOST_KNOWN, MOST_TRIES, ON, WAITING, packed
from mukana.audit.actions import record
from mukana.directory.models import Change
from mukana.lib.clock import now
from mukana.search.kept import kept
from mukana.search.matching import Question, standing
from mukana.search.queries import NoIndex, position


class NoAlert(Exception):
    """There is no such alert: never was, ended, or erased because nobody confirmed it."""


class WrongCode(Exception):
    """No alert of that number waits for this code, or it was tried too many times."""


def alert_of(token: str) -> Alert:
    """The alert whose link this is.  Raises NoAlert."""
    found = Alert.objects.select_related("subscriber").filter(digest=secrets.digest(token)).first()
    if found is None:
        raise NoAlert
    return found


def question_of(alert: Alert) -> Question:
    """What the alert asks."""
    return Question(kept(alert.search), alert.place)


@transaction.atomic
def confirm(token: str, *, by: str = "visitor") -> Alert:
    """Begin it; a second press changes nothing.  Raises NoAlert."""
    alert = Alert.objects.select_for_update().get(pk=alert_of(token).pk)
    if alert.state == WAITING:
        _begin(alert, by)
    return alert


@transaction.atomic
def _try(address: Address, code: str, by: str) -> Alert | None:
    for alert in Alert.objects.select_for_update().filter(subscriber=address.digest, state=WAITING, tries__lt=MOST_TRIES):
        if secrets.same(alert.code, secrets.code_digest(alert.pk, code)):
            _begin(alert, by)
            return alert
        alert.tries += 1
        alert.save(update_fields=["tries"])
    return None


def confirm_by_code(address: Address, code: str, *, by: str = "visitor") -> Alert:
    """Begin the alert of the number whose message had this code; each wrong one is counted.  Raises WrongCode."""
    alert = _try(address, code, by)
    if alert is None:
        raise WrongCode
    return alert


def _begin(alert: Alert, by: str) -> None:
    moment = now()
    alert.position = position() or Change.objects.aggregate(newest=Max("seq"))["newest"] or 0
    try:
        known = standing(moment).answers(question_of(alert), MOST_KNOWN + 1)
    except NoIndex:
        known = []
    alert.wide = len(known) > MOST_KNOWN
    alert.known = b"" if alert.wide else packed(map(UUID, known))
    alert.state, alert.confirmed_at, alert.code = ON, moment, ""
    alert.save()
    record("alert.confirmed", f"alerts.Alert:{alert.pk}", by=by)
