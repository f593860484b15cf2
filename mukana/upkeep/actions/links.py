"""Single-use links: made, looked at without being used, used once, and sent anew."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from mukana.audit.actions import record
from mukana.directory.freshness import applicable
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.upkeep.actions.confirming import confirm
from mukana.upkeep.actions.doubting import doubt
from mukana.upkeep.models import Link
from mukana.upkeep.rules.asking import VALID
from mukana.upkeep.rules.codes import CONFIRM, Doer

KEY = 16  # signs of the digest that name the link in history
GRANT = timedelta(hours=2)


class LinkRefused(Exception):
    """A link that opens nothing: `code` is unknown, used or expired; `link` is there when it is ours."""

    def __init__(self, code: str, link: Link | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.link = link


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a link goes: email, sms, or shown to whoever is with the staff."""

    channel: str
    to: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a confirming link: entry → fields that hold, entry → fields that have changed."""

    link: Link
    held: dict[Entry, list[str]] = field(default_factory=dict)
    changed: dict[Entry, list[str]] = field(default_factory=dict)


@transaction.atomic
def make_link(
    purpose: str,
    entries: Collection[Entry],
    receiver: Receiver,
    *,
    by: str,
    organisation: Organisation | None = None,
    follows: Link | None = None,
) -> tuple[str, Link]:
    """A new link and its secret, which is kept nowhere."""
    token = secrets.token_urlsafe(16)
    moment = now()
    link = Link.objects.create(
        digest=digest(token),
        purpose=purpose,
        organisation=organisation,
        channel=receiver.channel,
        to=receiver.to,
        name=receiver.name,
        made_at=moment,
        made_by=by,
        valid_until=moment + VALID,
        follows=follows,
    )
    link.entries.set(entries)
    return token, link


def look(token: str, purpose: str) -> Link:
    """The link as it stands, not used by looking.  Raises LinkRefused."""
    return _checked(Link.objects.filter(digest=digest(token), purpose=purpose).first())


@transaction.atomic
def use(token: str, purpose: str) -> Link:
    """The link, used now.  Raises LinkRefused; a second use is refused."""
    link = _checked(Link.objects.select_for_update().filter(digest=digest(token), purpose=purpose).first())
    link.used_at = now()
    link.save(update_fields=["used_at"])
    record("upkeep.link_used", f"upkeep.Link:{link.pk[:KEY]}", by=doer_of(link).key, purpose=purpose)
    return link


@transaction.atomic
def answer(token: str, changed: Mapping[UUID, Collection[str]] | None = None) -> Answered:
    """Use a confirming link: every critical field of its entries holds but those in `changed`.  Raises LinkRefused."""
    link = use(token, CONFIRM)
    doer = doer_of(link)
    result = Answered(link)
    for entry in link.entries.order_by("pk"):
        moved = set((changed or {}).get(entry.pk, ()))
        fields = None if not moved else [one for one in _fields(entry) if one not in moved]
        result.held[entry] = confirm(entry, fields, doer, how=f"link_{link.channel}")
        if moved:
            doubt(entry, "changed", by=doer.key)
            result.changed[entry] = sorted(moved)
    return result


def doer_of(link: Link) -> Doer:
    """Whoever holds the link: its contact by name."""
    return Doer(f"link:{link.pk[:KEY]}", link.name or (str(link.organisation) if link.organisation else ""), "link")


def digest(token: str) -> str:
    """What is kept of a secret."""
    return sha256(token.encode()).hexdigest()


def _fields(entry: Entry) -> tuple[str, ...]:
    return applicable(entry.kind, entry.form)


def _checked(link: Link | None) -> Link:
    if link is None:
        raise LinkRefused("unknown")
    if link.used_at is not None:
        raise LinkRefused("used", link)
    if link.valid_until < now():
        raise LinkRefused("expired", link)
    return link
