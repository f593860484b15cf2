"""Doubting an entry: it becomes due at once."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from mukana.directory.actions import changes
from mukana.directory.models import Entry
from mukana.lib import emails
from mukana.lib.clock import now
from mukana.outbox.rules import Bounce
from mukana.upkeep.actions.history import trace
from mukana.upkeep.models import Doubt, Link
from mukana.upkeep.rules.codes import CAUSES, Doer

MOST = 200  # entries that one returned message makes due


@transaction.atomic
def doubt(entry: Entry, cause: str, *, by: str) -> Doubt:
    """Something speaks against the entry: `cause` is bounced, dead_phone, referrals, report or changed.

    Two referrals without an answer are such a thing.  `by` is a person's id, "link:…" or "system".  A second doubt of
    the same cause joins the first one.
    """
    if cause not in CAUSES:
        raise ValueError(cause)
    moment = now()
    kept = Entry.objects.select_for_update().get(pk=entry.pk)
    standing = Doubt.objects.filter(entry=kept, cause=cause, ended_at=None).first()
    if standing is not None:
        return standing
    made = Doubt.objects.create(entry=kept, cause=cause, at=moment, by=by)
    if kept.doubted_on is None:
        kept.doubted_on = moment.date()
        kept.save(update_fields=["doubted_on"])
    trace("entry.doubted", kept, Doer(by, "", "system"), cause=cause)
    changes.record([kept.pk], "updated", moment)
    entry.refresh_from_db()
    return made


def hear_bounce(bounce: Bounce) -> None:
    """A message came back: the entries that use its address are due at once."""
    for entry in _users_of(bounce):
        doubt(entry, "bounced", by="system")


def _users_of(bounce: Bounce) -> list[Entry]:
    app, _, key = bounce.about.partition(":")
    found: set[UUID] = set()
    if app == "upkeep.Link":
        found.update(Entry.objects.filter(upkeep_links__digest=key).values_list("pk", flat=True))
    if bounce.channel == "email" and (address := emails.normal(bounce.to)):
        found.update(Entry.objects.public().filter(email__iexact=address).values_list("pk", flat=True)[:MOST])
        theirs = Entry.objects.public().filter(email="", organisation__email__iexact=address)
        found.update(theirs.values_list("pk", flat=True)[:MOST])
    else:
        found.update(Entry.objects.filter(upkeep_links__in=Link.objects.filter(to=bounce.to)).values_list("pk", flat=True)[:MOST])
    return list(Entry.objects.filter(pk__in=found).order_by("pk"))
