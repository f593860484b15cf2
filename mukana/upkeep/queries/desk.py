"""What waits for staff and keepers to decide."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest

from mukana.accounts.models import Person
from mukana.accounts.queries import can, holds_of
from mukana.accounts.rules import allowed
from mukana.directory.models import Entry, EntryQuery
from mukana.upkeep.models import Proposal


def reachable_entries(person: Person | AnonymousUser, permission: str) -> EntryQuery:
    """The entries over which the person has the permission."""
    if not isinstance(person, Person):
        return Entry.objects.none()
    holds = holds_of(person)
    if allowed(permission, holds, frozenset()):
        return Entry.objects.all()
    mine = {UUID(hold.organisation) for hold in holds if hold.organisation and allowed(permission, [hold])}
    return Entry.objects.filter(organisation__in=mine) | Entry.objects.filter(organisation__parent__in=mine)


def proposals_of(person: Person | AnonymousUser) -> list[Proposal]:
    """Undecided proposals that the person may decide, the oldest first."""
    waiting = Proposal.objects.filter(decided_at=None).select_related("entry__organisation__parent").prefetch_related("facts")
    return [one for one in waiting if may_decide(person, one.entry)]


def may_decide(person: Person | AnonymousUser, entry: Entry) -> bool:
    """Staff who decide proposals, and the entry's own keepers."""
    return can(person, "proposals.decide", entry) or can(person, "entries.edit", entry)


def rings_organisers(request: HttpRequest) -> bool:
    """Is it a member of staff, who asks and rings organisers?"""
    return can(request.user, "entries.confirm") and can(request.user, "act.on_behalf")


def waiting_proposals(request: HttpRequest) -> int:
    """For the menu."""
    return Proposal.objects.filter(decided_at=None).count()


def named(words: str) -> Q:
    """Whose Finnish name has the words in it.  SQLite knows no capital Ä, so the first letter is tried both ways."""
    return Q(texts__fi__name__icontains=words) | Q(texts__fi__name__icontains=words[:1].upper() + words[1:])
