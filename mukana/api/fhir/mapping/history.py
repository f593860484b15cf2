"""From the chained history of a case to the versions of its Tasks, each a step that Gravity allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mukana.api.fhir.mapping.gravity import (
    ACCEPTED,
    CANCELLED,
    COMPLETED,
    FAILED,
    IN_PROGRESS,
    ON_HOLD,
    REJECTED,
    REQUESTED,
    WITH_REASON,
    steps,
)


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain."""

    number: int
    source: str
    target: str
    at: datetime
    role: str = ""
    by: str = ""
    channel: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A Task as it was from `at` on; `business` is BSeR's status, `reason` a code where the status has to say why."""

    number: int
    status: str
    at: datetime
    business: str = ""
    reason: str = ""


# State of a placement → status, business status.  `proposed` is internal and has none.
PLACEMENT = {
    "requested": (REQUESTED, "2.0"),
    "accepted": (ACCEPTED, "3.0"),
    "declined": (REJECTED, "4.0"),
    "waitlisted": (ON_HOLD, "3.0"),
    "scheduled": (ACCEPTED, "5.1.1"),
    "first_attended": (IN_PROGRESS, "5.1.4"),
    "missed_first": (ON_HOLD, "5.1.2"),
    "session_cancelled": (ON_HOLD, "5.1.3"),
    "attending": (IN_PROGRESS, "5.1.4"),
    "lapsed": (ON_HOLD, "5.1.2"),
}
CASE = {
    "sent": REQUESTED, "acknowledged": ACCEPTED, "contacting": IN_PROGRESS, "in_dialogue": IN_PROGRESS, "unreachable": ON_HOLD,
    "planned": IN_PROGRESS, "active": IN_PROGRESS, "follow_up": IN_PROGRESS, "paused": ON_HOLD, "cancelled": CANCELLED,
    "withdrawn": CANCELLED,
}  # fmt: skip
SUPPORT = {
    "needed": REQUESTED, "offered": REQUESTED, "accepted": ACCEPTED, "met": ACCEPTED, "accompanied": IN_PROGRESS,
    "tapering": IN_PROGRESS, "not_accompanied": ON_HOLD, "called_off": CANCELLED,
}  # fmt: skip
ENDED_WELL = frozenset({"ended_well", "moved_on"})
CLOSED_WELL = frozenset({"attending_regularly", "attended_and_ended_well", "own_path_found", "attended_dropped_out"})
_CAME = frozenset({"first_attended", "attending", "lapsed"})
_UNDONE = frozenset({"missed_first", "session_cancelled"})  # after having come: the mark was wrong and has been put right
_ALONG = frozenset({"accompanied", "tapering"})
_MIDDLE = "3.0"  # of an acceptance that only stands between two others


class _Versions:
    """Versions as they come."""

    def __init__(self) -> None:
        self.made: list[Version] = []

    @property
    def status(self) -> str:
        """The status now, "" before the first."""
        return self.made[-1].status if self.made else ""

    def go(self, wanted: str, event: Event, business: str = "") -> None:
        """Go to the status, by way of those that lie between."""
        way = steps(self.status, wanted)
        for status in way[:-1]:
            self._add(status, event, _middle(status, business))
        self._add(way[-1], event, business)

    def _add(self, status: str, event: Event, business: str) -> None:
        reason = (event.reason or event.target) if status in WITH_REASON else ""
        self.made.append(Version(len(self.made) + 1, status, event.at, business, reason))


def placement_versions(events: Iterable[Event]) -> list[Version]:
    """The versions of an offer's Task; none while it is only thought of."""
    made, came = _Versions(), False
    for event in events:
        if event.source == event.target or (not made.made and event.target != "requested"):
            continue
        came = event.target in _CAME or (came and event.target not in _UNDONE)
        wanted, business = _of_placement(event, made.status, came=came)
        made.go(wanted, event, business)
    return made.made


def support_versions(events: Iterable[Event]) -> list[Version]:
    """The versions of the Task of coming along."""
    made, along = _Versions(), False
    for event in events:
        if event.source == event.target and (event.target != "accompanied" or event.reason):
            continue  # a reminder, or what somebody told beside it
        along = along or event.target in _ALONG
        if event.target == "ended":
            made.go(COMPLETED if along else FAILED, event)
        elif SUPPORT[event.target] == REQUESTED and made.status not in ("", REQUESTED):
            made.go(ON_HOLD, event)  # whoever had promised let go: somebody else is looked for
        else:
            made.go(SUPPORT[event.target], event)
    return made.made


def coordination_versions(events: Iterable[Event]) -> list[list[Version]]:
    """The versions of a case's coordination, a Task for each unit that had it and for each time it was opened again."""
    rounds: list[_Versions] = []
    for event in events:
        redirected = _is_redirect(event)
        if event.target == "entered_in_error" or (event.source == event.target and not redirected):
            continue
        if redirected and rounds:
            rounds[-1].go(CANCELLED, event)
        if redirected or (event.target == "sent" and event.source != "paused") or event.source == "closed":
            rounds.append(_Versions())
        if rounds:
            rounds[-1].go(_of_case(event, rounds[-1].status), event)
    return [one.made for one in rounds]


def changes(events: Sequence[Event]) -> list[datetime]:
    """When the thing itself changed; what the clock only reminded of is no change."""
    return [event.at for event in events if event.source != event.target or event.role != "system"]


def last_change(events: Sequence[Event]) -> datetime | None:
    """When the thing itself last changed."""
    return changes(events)[-1] if changes(events) else None


def _middle(status: str, business: str) -> str:
    return (_MIDDLE if status == ACCEPTED else "2.0") if business else ""


def _of_placement(event: Event, current: str, *, came: bool) -> tuple[str, str]:
    if event.target == "recalled":
        return CANCELLED, "5.2" if current == REQUESTED else "6.0"
    if event.target == "declined" and current != REQUESTED:
        return CANCELLED, "6.0"  # a place on a waiting list that came to nothing
    if event.target == "ended":
        return (COMPLETED, "7.0") if came and event.reason in ENDED_WELL else (FAILED, "6.0")
    return PLACEMENT[event.target]


def _of_case(event: Event, current: str) -> str:
    if event.target != "closed":
        return CASE[event.target]
    if event.reason in CLOSED_WELL:
        return COMPLETED
    return CANCELLED if current == REQUESTED else FAILED


def _is_redirect(event: Event) -> bool:
    return event.target == "sent" and event.source in ("sent", "acknowledged") and event.role != "system"
