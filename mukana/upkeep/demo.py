"""The demo region's confirmations of different ages, a returned mail and a proposed correction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from mukana.directory.actions import changes
from mukana.directory.freshness import applicable
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.lib.moments import at_wall
from mukana.upkeep.actions.doubting import doubt
from mukana.upkeep.actions.links import Receiver, make_link
from mukana.upkeep.actions.proposing import propose
from mukana.upkeep.models import Link
from mukana.upkeep.queries.contact import channel_of, contact_of
from mukana.upkeep.rules.codes import CONFIRM

# How many days ago the entries of the demo were confirmed, in turn: most are fresh, a few of every other kind.
SILENT = 250  # days; whose organisers have not answered
AGES = (12, 40, 66, 90, 24, 150, 33, 75, 200, 18, 51, 110, 9, 60, 290, 45, 28, 84, 130, 21, 38, 70, 400, 55)


@transaction.atomic
def load() -> int:
    """Give the invented entries their confirmations, once; gives how many got one."""
    entries = list(Entry.objects.filter(fictitious=True, confirmed={}, kind__in=("group", "service", "event")).order_by("pk"))
    moment = now()
    for number, entry in enumerate(entries):
        _confirm(entry, AGES[number % len(AGES)], moment)
        if AGES[number % len(AGES)] > SILENT:
            _asked_twice(entry, moment)
    Entry.objects.bulk_update(entries, ["confirmed", "reviewed_on"], batch_size=200)
    changes.record([entry.pk for entry in entries], "updated", moment)
    if entries:
        _doubts(entries)
    return len(entries)


def _confirm(entry: Entry, days: int, moment: datetime) -> None:
    """As if its contact had confirmed it so many days ago."""
    day: date = moment.date() - timedelta(days=days)
    at = at_wall(day, moment.replace(hour=9, minute=30).time()).isoformat(timespec="seconds")
    stamp = {"at": at, "by": entry.contact_name or "Järjestäjä", "how": ("link_sms", "link_email", "phone")[days % 3]}
    entry.confirmed = dict.fromkeys(applicable(entry.kind, entry.form), stamp)
    entry.reviewed_on = day


def _asked_twice(entry: Entry, moment: datetime) -> None:
    """A request and its reminder stayed without an answer: now somebody rings."""
    contact = contact_of(entry)
    channel, to = channel_of(contact, bounced=False)
    if channel:
        for days in (50, 25):
            _, link = make_link(CONFIRM, [entry], Receiver(channel, to, contact.name), by="system", organisation=entry.organisation)
            Link.objects.filter(pk=link.pk).update(made_at=moment - timedelta(days=days), valid_until=moment)


def _doubts(entries: list[Entry]) -> None:
    """A returned mail, and a correction that waits for a decision."""
    seen = [entry for entry in entries if entry.visible]
    doubt(seen[0], "bounced", by="system")
    propose(seen[-1], {"phone": "05 000 1777"}, note="Soitin, numero on vaihtunut.")
