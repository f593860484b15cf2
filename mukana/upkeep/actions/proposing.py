"""Corrections that outsiders propose: sent without an account, decided fact by fact, and the sender told."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from mukana.audit.actions import record
from mukana.directory.actions.editing import fact
from mukana.directory.models import Entry
from mukana.lib import emails
from mukana.lib.clock import now
from mukana.outbox.actions import send_email
from mukana.upkeep.actions.editing import edit
from mukana.upkeep.actions.history import trace
from mukana.upkeep.actions.links import digest
from mukana.upkeep.models import Proposal, ProposedFact
from mukana.upkeep.rules.codes import ACCEPTED, REJECTED, Doer
from mukana.upkeep.rules.facts import PROPOSABLE

MOST_AN_HOUR = 5  # undecided proposals about one entry within an hour; more is a machine


class TooMany(Exception):
    """So many proposals about one entry in an hour that people did not write them."""


class Moved(Exception):
    """The fact has changed since it was looked at: whoever accepts has not seen what would be lost."""


class AlreadyDecided(Exception):
    """A colleague was first."""


@transaction.atomic
def propose(entry: Entry, values: Mapping[str, Any], *, note: str = "", contact: str = "") -> tuple[str, Proposal] | None:
    """Keep what somebody proposes; gives the secret of the page that tells what came of it, None when nothing differs.

    Raises TooMany.
    """
    moment = now()
    differing = {key: (before, value) for key, value in values.items() if key in PROPOSABLE and (before := fact(entry, key)) != value}
    if not differing and not note:
        return None
    if Proposal.objects.filter(entry=entry, decided_at=None, sent_at__gt=moment - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooMany
    token = secrets.token_urlsafe(16)
    proposal = Proposal.objects.create(entry=entry, digest=digest(token), sent_at=moment, note=note, contact=contact)
    facts = [ProposedFact(proposal=proposal, key=key, before=before, after=after) for key, (before, after) in differing.items()]
    ProposedFact.objects.bulk_create(facts)
    record("proposal.sent", f"upkeep.Proposal:{proposal.pk}", by="visitor", facts=sorted(differing))
    return token, proposal


@transaction.atomic
def decide(one: ProposedFact, accept: bool, doer: Doer, *, reason: str = "", seen: str = "") -> None:
    """Take a proposed fact into use or turn it down.  Raises AlreadyDecided and Moved.

    `seen` is the stamp of the value that the decider saw; without it, nothing may have changed since the proposal.
    """
    kept = ProposedFact.objects.select_for_update().select_related("proposal__entry").get(pk=one.pk)
    if kept.decision:
        raise AlreadyDecided
    entry = kept.proposal.entry
    stands = fact(entry, kept.key)
    if accept and (stamp(stands) != seen if seen else stands != kept.before):
        raise Moved
    moment = now()
    kept.decision, kept.reason = (ACCEPTED if accept else REJECTED), reason
    kept.decided_by, kept.decided_at = doer.name, moment
    kept.save()
    if accept:
        edit(entry, {kept.key: kept.after}, Doer(doer.key, doer.name, "proposal"), telling=False)
    trace("proposal.decided", entry, doer, fact=kept.key, decision=kept.decision)
    if not kept.proposal.facts.filter(decision="").exists():
        _close(kept.proposal, moment)


def stamp(value: Any) -> str:
    """A short mark of a value, by which the page tells which one was seen."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


@transaction.atomic
def close(proposal: Proposal, doer: Doer) -> None:
    """End a proposal that has only a note: somebody has read it."""
    if proposal.decided_at is None:
        trace("proposal.decided", proposal.entry, doer)
        _close(proposal, now())


def _close(proposal: Proposal, moment: datetime) -> None:
    """Tell the sender by e-mail, when there is an address, and forget it."""
    address = emails.normal(proposal.contact)
    if address:
        send_email(
            to=address,
            subject=f"Ehdotuksesi: {proposal.entry}",
            text=_result(proposal),
            kind="upkeep.proposal",
            about=f"upkeep.Proposal:{proposal.pk}",
        )
    proposal.decided_at = moment
    proposal.contact = ""
    proposal.save(update_fields=["decided_at", "contact"])


def _result(proposal: Proposal) -> str:
    words = {ACCEPTED: "Hyväksytty", REJECTED: "Ei hyväksytty"}
    lines = "\n".join(f"– {words[one.decision]}. {one.reason}".strip() for one in proposal.facts.all())
    page = settings.BASE_URL + reverse("entry", args=[proposal.entry_id])
    return f"Hei!\n\nEhdotit korjausta kohteeseen {proposal.entry}. Näin kävi:\n\n{lines}\n\n{page}\n\nKiitos avusta.\nMukana"
