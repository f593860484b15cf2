"""What the mapping is given: facts of a case as they were read, with nothing of a resident that `shown` has not let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mukana.api.fhir.mapping.history import Event


@dataclass(frozen=True, slots=True)
class Site:
    """Where this is, what time it is, and codes in words."""

    base: str
    now: datetime
    words: Mapping[str, str]

    def said(self, code: str, vocabulary: str = "") -> str:
        """The code in the vocabulary's words, else in anybody's; never nothing."""
        return self.words.get(f"{vocabulary}:{code}") or self.words.get(code) or code

    def system(self, name: str) -> str:
        """The address of a code system or an extension of ours."""
        return f"{self.base}/fhir/{name}"


@dataclass(frozen=True, slots=True)
class Patient:
    """`shown` is what the gate of disclosure lets an export see."""

    id: str
    shown: Mapping[str, object]
    protected: bool = False
    reachable: bool = True  # some way of contact is allowed


@dataclass(frozen=True, slots=True)
class Visit:
    """A first session."""

    id: str
    state: str
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Along:
    """Somebody comes along."""

    id: str
    state: str
    companion: str
    due_at: datetime | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A placement; ids are "" where the directory has nothing any more."""

    id: str
    entry: str
    entry_name: str
    organisation: str
    place: str
    due_at: datetime | None
    events: tuple[Event, ...]
    visits: tuple[Visit, ...] = ()
    alongs: tuple[Along, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """A permission."""

    id: str
    kind: str
    organisation: str
    groups: tuple[str, ...]
    text_version: str
    given_at: datetime
    ends_at: datetime | None
    stands: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try to reach the resident."""

    id: str
    at: datetime
    channel: str
    result: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the referrer was told."""

    id: str
    kind: str
    outcome: str
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A trace: who looked at or did what, why."""

    id: str
    at: datetime
    actor: str
    verb: str
    said: str
    purpose: str
    fields: tuple[str, ...]
    glass: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A link of the chain with what it moved: a Task or the request itself."""

    id: str
    thing: str
    thing_id: str
    event: Event


@dataclass(frozen=True, slots=True)
class Case:
    """A case that may be told of."""

    id: str
    reference: str
    state: str
    outcome: str
    urgent: bool
    needs: tuple[str, ...]
    role: str
    unit: str
    area: str
    link_worker: str
    due_at: datetime | None
    sent_at: datetime
    patient: Patient
    first: bool  # of the resident's cases that may be told of
    events: tuple[Event, ...] = ()
    offers: tuple[Offer, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    told: tuple[Told, ...] = ()
    seen: tuple[Seen, ...] = ()
    moved: tuple[Moved, ...] = ()
