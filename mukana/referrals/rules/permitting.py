"""Permissions: several, each for one thing; withdrawn ones let nothing out any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mukana.referrals.rules.codes import FIELD_GROUPS, METHODS, PERMISSION_KINDS, Refused


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission as rules see it; `receiver` is an entry's id for kind receiver."""

    kind: str
    groups: frozenset[str]
    given_at: datetime
    receiver: str = ""
    valid_to: datetime | None = None
    withdrawn_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Is it in force?"""
        return self.withdrawn_at is None and (self.valid_to is None or now < self.valid_to)


def check_grant(kind: str, groups: Iterable[str], method: str, receiver: str) -> None:
    """Is it a permission at all?  Raises Refused."""
    if kind not in PERMISSION_KINDS or method not in METHODS:
        raise Refused("unknown_permission", kind=kind, method=method)
    if not set(groups) <= set(FIELD_GROUPS):
        raise Refused("unknown_field")
    if (kind == "receiver") != bool(receiver):
        raise Refused("no_receiver")


def granted(grants: Iterable[Grant], kind: str, now: datetime, receiver: str = "") -> frozenset[str]:
    """The field groups of the newest standing permission of the kind (to the receiver): a narrower one narrows."""
    standing = [one for one in grants if one.kind == kind and one.receiver == receiver and one.stands(now)]
    return max(standing, key=lambda one: one.given_at).groups if standing else frozenset()


def permitted(grants: Iterable[Grant], kind: str, now: datetime, receiver: str = "") -> bool:
    """Does any permission of the kind stand?"""
    return any(one.kind == kind and one.receiver == receiver and one.stands(now) for one in grants)
