"""Who may keep an entry: somebody with a role, or whoever opened a link within two hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.directory.models import Entry, EntryQuery
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.upkeep.actions.links import GRANT, doer_of
from mukana.upkeep.models import Link
from mukana.upkeep.queries.desk import reachable_entries
from mukana.upkeep.rules.codes import EDIT, Doer

SESSION = "upkeep"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a link has opened, and until when."""

    key: str
    name: str
    organisation: str
    entries: tuple[str, ...]
    until: datetime

    @property
    def doer(self) -> Doer:
        """Whoever holds it."""
        return Doer(self.key, self.name, "link")

    def opens(self, entry: Entry) -> bool:
        """Is the entry among what the link opened?"""
        return str(entry.pk) in self.entries or (bool(self.organisation) and str(entry.organisation_id) == self.organisation)


def open_with(request: HttpRequest, link: Link) -> None:
    """Let this browser edit what the link is about for two hours, and nothing else."""
    doer = doer_of(link)
    request.session[SESSION] = {
        "key": doer.key,
        "name": doer.name,
        "organisation": str(link.organisation_id or "") if link.purpose == EDIT else "",
        "entries": [str(pk) for pk in link.entries.values_list("pk", flat=True)],
        "until": (now() + GRANT).isoformat(),
    }


def granted(request: HttpRequest) -> Grant | None:
    """What this browser may edit by a link just now."""
    kept: dict[str, Any] | None = request.session.get(SESSION)
    if not kept:
        return None
    grant = Grant(kept["key"], kept["name"], kept["organisation"], tuple(kept["entries"]), datetime.fromisoformat(kept["until"]))
    return grant if grant.until > now() else None


def keeper(request: HttpRequest, entry: Entry, permission: str = "entries.edit") -> Doer | None:
    """As whom the visitor may keep the entry; None when not at all."""
    if can(request.user, permission, entry):
        assert isinstance(request.user, Person)  # nobody else has permissions
        return _signed_in(request.user)
    grant = granted(request)
    return grant.doer if grant is not None and grant.opens(entry) else None


def _signed_in(person: Person) -> Doer:
    """The person, and whom they act for: the history tells both."""
    acting = person.acting
    if acting is None:
        return Doer(str(person.pk), person.name, "login")
    whom = "henkilön" if acting.thing.startswith("accounts.") else "järjestön"
    return Doer(str(person.pk), f"{person.name}, {whom} {acting.name} puolesta", "login")


def keeper_of(request: HttpRequest, organisation: Organisation) -> Doer | None:
    """As whom the visitor may keep everything of the organisation."""
    if can(request.user, "entries.edit", organisation):
        assert isinstance(request.user, Person)
        return _signed_in(request.user)
    grant = granted(request)
    return grant.doer if grant is not None and grant.organisation == str(organisation.pk) else None


def own_entries(request: HttpRequest) -> EntryQuery | None:
    """What the visitor keeps; None when nothing has been opened."""
    if can(request.user, "entries.edit"):
        return reachable_entries(request.user, "entries.edit")
    grant = granted(request)
    if grant is None:
        return None
    if grant.organisation:
        return Entry.objects.filter(organisation_id=grant.organisation)
    return Entry.objects.filter(pk__in=grant.entries)
