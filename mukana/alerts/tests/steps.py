"""Steps that tests of alerts share."""

from __future__ import annotations

from datetime import datetime

from mukana.alerts import secrets
from mukana.alerts.actions.confirming import confirm
from mukana.alerts.actions.subscribing import Address, Wish, subscribe
from mukana.alerts.models import Alert
from mukana.directory.actions.changes import record
from mukana.directory.models import Entry
from mukana.directory.tests import make
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.outbox.models import Message
from mukana.search.actions import catch_up
from mukana.search.asked import Asked
from mukana.search.matching import Question

MAIL, PHONE = Address("email", "outi@mukana.example"), Address("sms", "+358417308168")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
JUMPPA = Asked(text="vesijumppa")


def put(name: str, **facts: object) -> Entry:
    made = make.entry(name, **facts)
    make.date(made)
    return told(made)


def told(entry: Entry, kind: str = "created") -> Entry:
    """The entry's change is in the feed and in the index."""
    record([entry.pk], kind, now())
    catch_up()
    return entry


def begun(asked: Asked, address: Address = MAIL, rhythm: str = "weekly", **more: str) -> Alert:
    catch_up()
    alert = subscribe(address, Wish(Question(asked, more.pop("place", "")), rhythm, **more))
    return confirm(secrets.token_of(alert.pk))


def finds(alert: Alert) -> set[str]:
    return {str(Entry.objects.get(pk=key)) for key in alert.finds.values_list("entry_id", flat=True)}


def news() -> list[Message]:
    return list(Message.objects.filter(kind="alerts.news").order_by("id"))
