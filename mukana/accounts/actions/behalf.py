"""Beginning and ending to act for somebody else."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

from mukana.accounts.models import Person
from mukana.accounts.queries import acting_of
from mukana.accounts.rules import Acting
from mukana.audit.actions import record

KEY = "acting_for"


class BehalfRefused(Exception):
    """The person may not act for that one, or that one does not exist."""


def begin_acting(session: SessionBase, thing: str, *, by: Person) -> Acting:
    """From now on the session acts for `thing` ("organisations.Organisation:ID"); raises BehalfRefused."""
    acting = acting_of(by, thing)
    if acting is None:
        raise BehalfRefused(thing)
    session[KEY] = thing
    record("acting.begun", thing, by=str(by.pk), on_behalf_of=thing)
    return acting


def end_acting(session: SessionBase, *, by: Person) -> None:
    """From now on the session acts for its own person only."""
    thing = session.pop(KEY, "")
    if thing:
        record("acting.ended", thing, by=str(by.pk), on_behalf_of=thing)
