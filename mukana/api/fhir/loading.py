"""Reading cases for the mapping: many at once, only what is asked for, no sealed column ever opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mukana.api.fhir.mapping import facts
from mukana.api.fhir.mapping.history import Event
from mukana.api.fhir.scope import tellable
from mukana.audit.models import Trace
from mukana.audit.rules import READ, verb_words
from mukana.lib.clock import now, today
from mukana.lib.moments import as_local
from mukana.referrals.models import BreakGlass, ContactAttempt, Feedback, Permission, Placement, Referral, Session, Support, Transition
from mukana.referrals.queries.access import GLASS_REVIEW, untold
from mukana.referrals.rules.codes import SYSTEM
from mukana.referrals.rules.disclosure import EXPORT, Facts, shown

HOUR = timedelta(hours=1)  # of a session whose end nobody has told
_PRIVATE = ("name", "phone", "email", "address")
_CASE_PRIVATE = ("wish", "own_path", "referrer_email")
Grouped = dict[Any, list[Any]]


def cases(rows: Sequence[Referral], parts: Collection[str], areas: Collection[str] | None) -> list[facts.Case]:
    """The cases as facts.  `parts` names what is read besides the case and its resident; `areas` is whose reader this is."""
    read = _Read(rows, areas)
    return [
        facts.Case(
            id=str(row.pk),
            reference=row.reference,
            state=row.state,
            outcome=row.outcome,
            urgent=row.urgent,
            needs=tuple(row.needs),
            role=row.referrer_role,
            unit=row.referrer_unit.partition(",")[0],  # a paper tells who in the unit too
            area=row.area_id,
            link_worker=str(row.link_worker_id or ""),
            due_at=row.due_at,
            sent_at=row.sent_at or row.made_at,
            patient=_patient(row),
            first=read.first[row.resident_id] == row.pk,
            **{part: tuple(_PARTS[part](read, row)) for part in parts},
        )
        for row in rows
    ]


def chosen(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """The query without the columns that are sealed."""
    hidden = [*_CASE_PRIVATE, *(f"resident__{name}" for name in _PRIVATE)]
    return rows.select_related("resident", "area").defer(*hidden)


def _patient(row: Referral) -> facts.Patient:
    resident = row.resident
    values: dict[str, object] = {
        "age_band": resident.age_band,
        "area": str(row.area),
        "practical": list(resident.practical),
        "language": resident.language,
    }
    safe = frozenset(resident.safe)
    reachable = not {"no_call", "no_sms", "no_email", "no_letter"} <= safe
    return facts.Patient(str(resident.pk), shown(EXPORT, Facts(values, resident.protected, safe), ()), resident.protected, reachable)


class _Read:
    """Everything that belongs to a number of cases, each table read once, when it is first asked for."""

    def __init__(self, rows: Sequence[Referral], areas: Collection[str] | None) -> None:
        self._keys = [row.pk for row in rows]
        self._residents = {row.resident_id for row in rows}
        self.first: dict[UUID, UUID] = dict(
            tellable(areas).filter(resident__in=self._residents).order_by("-pk").values_list("resident_id", "pk")
        )

    @cached_property
    def moved(self) -> Grouped:
        """Case → (transition's id, thing, thing's id, event) in order."""
        found: Grouped = defaultdict(list)
        rows = Transition.objects.filter(referral__in=self._keys).order_by("referral_id", "number")
        names = ("referral_id", "pk", "thing", "thing_id", "number", "source", "target", "at", "role", "by", "channel", "reason")
        for case, pk, thing, thing_id, *event in rows.values_list(*names):
            found[case].append((pk, thing, thing_id, Event(*event)))
        return found

    @cached_property
    def events(self) -> Grouped:
        """Thing → its events."""
        found: Grouped = defaultdict(list)
        for links in self.moved.values():
            for _, _, thing_id, event in links:
                found[thing_id].append(event)
        return found

    @cached_property
    def offers(self) -> Grouped:
        """Case → its placements."""
        rows = Placement.objects.filter(referral__in=self._keys).exclude(state="proposed").order_by("pk").select_related("entry")
        return grouped(rows.only(*_OFFER), "referral_id")

    @cached_property
    def visits(self) -> Grouped:
        """Placement → its sessions."""
        rows = Session.objects.filter(placement__referral__in=self._keys).order_by("pk")
        return grouped(rows.only("placement_id", "starts_at", "ends_at", "state", "reason"), "placement_id")

    @cached_property
    def alongs(self) -> Grouped:
        """Placement → its assignments."""
        return grouped(Support.objects.filter(placement__referral__in=self._keys).order_by("pk"), "placement_id")

    @cached_property
    def allowed(self) -> Grouped:
        """Case → its permissions."""
        rows = Permission.objects.filter(referral__in=self._keys).order_by("pk").select_related("entry")
        return grouped(rows, "referral_id")

    @cached_property
    def attempts(self) -> Grouped:
        """Case → tries."""
        rows = ContactAttempt.objects.filter(referral__in=self._keys).order_by("pk")
        return grouped(rows.only("referral_id", "at", "channel", "result"), "referral_id")

    @cached_property
    def told(self) -> Grouped:
        """Case → feedback."""
        return grouped(Feedback.objects.filter(referral__in=self._keys).order_by("pk"), "referral_id")

    @cached_property
    def seen(self) -> Grouped:
        """Thing ("referrals.Resident:…") → its traces, without looks of which the officer has put off telling."""
        things = [f"referrals.Referral:{key}" for key in self._keys] + [f"referrals.Resident:{key}" for key in self._residents]
        hidden: dict[str, set[str]] = defaultdict(set)
        for one in BreakGlass.objects.filter(resident__in=self._residents, hidden_until__gt=today()).only("pk", "resident"):
            hidden[f"referrals.Resident:{one.resident_id}"].add(str(one.pk))
        rows = Trace.objects.filter(thing__in=things).order_by("pk")
        return grouped((row for row in rows if not untold(row.detail, hidden.get(row.thing, ()))), "thing")


_OFFER = (
    "referral_id", "entry_id", "entry_name", "due_at", "entry__organisation_id", "entry__place_id",
)  # fmt: skip


def grouped(rows: Iterable[Any], name: str) -> Grouped:
    """Rows by one of their columns."""
    found: Grouped = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _offers(read: _Read, row: Referral) -> Iterator[facts.Offer]:
    for one in read.offers[row.pk]:
        entry = one.entry
        yield facts.Offer(
            id=str(one.pk),
            entry=str(one.entry_id or ""),
            entry_name=one.entry_name,
            organisation=str((entry and entry.organisation_id) or ""),
            place=str((entry and entry.place_id) or ""),
            due_at=one.due_at,
            events=tuple(read.events[one.pk]),
            visits=tuple(_visit(session) for session in read.visits[one.pk]),
            alongs=tuple(_along(read, task) for task in read.alongs[one.pk]),
        )


def _visit(row: Session) -> facts.Visit:
    return facts.Visit(str(row.pk), row.state, as_local(row.starts_at), as_local(row.ends_at or row.starts_at + HOUR), row.reason)


def _along(read: _Read, row: Support) -> facts.Along:
    return facts.Along(str(row.pk), row.state, str(row.companion_id or ""), row.due_at, tuple(read.events[row.pk]))


def _allowed(read: _Read, row: Referral) -> Iterator[facts.Allowed]:
    moment = now()
    for one in read.allowed[row.pk]:
        ends = min((at for at in (one.valid_to, one.withdrawn_at) if at), default=None)
        yield facts.Allowed(
            id=str(one.pk),
            kind=one.kind,
            organisation=str((one.entry and one.entry.organisation_id) or ""),
            groups=tuple(one.groups),
            text_version=one.text_version,
            given_at=one.given_at,
            ends_at=ends,
            stands=ends is None or ends > moment,
        )


def _seen(read: _Read, row: Referral) -> Iterator[facts.Seen]:
    rows = list(read.seen[f"referrals.Referral:{row.pk}"])
    if read.first[row.resident_id] == row.pk:
        rows += read.seen[f"referrals.Resident:{row.resident_id}"]
    for one in rows:
        purpose = str(one.detail.get("purpose", ""))
        fields = tuple(str(name) for name in one.detail.get("fields", ())) if one.verb == READ else ()
        broken = "glass" in one.detail and purpose != GLASS_REVIEW
        yield facts.Seen(str(one.pk), one.at, one.actor, one.verb, verb_words(one.verb), purpose, fields, broken)


_PARTS: dict[str, Callable[[_Read, Referral], Iterable[Any]]] = {
    "events": lambda read, row: read.events[row.pk],
    "offers": _offers,
    "allowed": _allowed,
    "attempts": lambda read, row: (facts.Attempt(str(one.pk), one.at, one.channel, one.result) for one in read.attempts[row.pk]),
    "told": lambda read, row: (facts.Told(str(one.pk), one.kind, one.outcome, one.at, one.told) for one in read.told[row.pk]),
    "seen": _seen,
    "moved": lambda read, row: (
        facts.Moved(str(pk), thing, str(key), event)
        for pk, thing, key, event in read.moved[row.pk]
        if event.role != SYSTEM or event.source != event.target
    ),
}
