"""The codes that tables keep, and who did a thing."""

from __future__ import annotations

from dataclasses import dataclass

CONFIRM, EDIT = "confirm", "edit"
PURPOSES = (CONFIRM, EDIT)
CHANNELS = ("email", "sms", "shown")
DOORS = ("login", "link", "phone", "proposal", "system")
CAUSES = ("bounced", "dead_phone", "referrals", "report", "changed")
RESULTS = ("confirmed", "changed", "no_answer", "dead_phone", "unlisted")
ACCEPTED, REJECTED = "accepted", "rejected"
DECISIONS = ("", ACCEPTED, REJECTED)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a thing: `key` is a person's id, "link:…", "system" or "visitor"; `door` how they came."""

    key: str
    name: str
    door: str


SYSTEM = Doer("system", "Mukana", "system")
VISITOR = Doer("visitor", "", "proposal")
