"""Resources that answer a question, case by case in a steady order, never more than a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mukana.api.fhir.kinds import OF_CASES
from mukana.api.fhir.loading import cases, chosen
from mukana.api.fhir.mapping.facts import Case, Site
from mukana.api.fhir.mapping.gravity import OPEN
from mukana.api.fhir.mapping.parts import Json
from mukana.api.fhir.scope import tellable
from mukana.api.fhir.serving.asking import Asked
from mukana.api.fhir.serving.door import Reader
from mukana.audit.models import Trace
from mukana.referrals.models import ContactAttempt, Feedback, Permission, Placement, Referral, Session, Support, Transition
from mukana.referrals.rules.cases import CASE

BATCH = 50
SEEN_AT_MOST = 1_000  # cases looked through for one answer; what is left is behind the next link
_BY_TRANSITION = ("ServiceRequest", "Task", "Appointment", "Provenance")


@dataclass(frozen=True, slots=True)
class Page:
    """Some resources, the residents they tell of, and where to go on ("" at the end)."""

    resources: tuple[Json, ...]
    residents: frozenset[str] = frozenset()
    after: str = ""


def find(kind: str, asked: Asked, reader: Reader, where: Site) -> Page:
    """A page of the resources that the reader may have; of a Task the newest version."""
    found: list[Json] = []
    residents: set[str] = set()
    rows = narrowed(kind, asked, tellable(reader.areas))
    last = ""
    for seen, case in enumerate(_going(rows, kind, asked, reader), 1):
        for resource in _after(newest(OF_CASES[kind].make(case, where)), case, asked.after):
            if not asked.fits(resource):
                continue
            if len(found) == asked.count:
                return Page(tuple(found), frozenset(residents), last)
            found.append(resource)
            residents.add(case.patient.id)
            last = f"{case.id}~{resource['id']}"
        if seen >= SEEN_AT_MOST:
            return Page(tuple(found), frozenset(residents), f"{case.id}~~")
    return Page(tuple(found), frozenset(residents))


def versions(kind: str, key: str, reader: Reader, where: Site) -> Page:
    """Every version of one resource, the oldest first."""
    asked = Asked(ids=frozenset({key}))
    for row in narrowed(kind, asked, tellable(reader.areas)):
        for case in cases([row], OF_CASES[kind].parts, reader.areas):
            found = tuple(one for one in OF_CASES[kind].make(case, where) if one["id"] == key)
            if found:
                return Page(found, frozenset({case.patient.id}))
    return Page(())


def gone(kind: str, key: str, reader: Reader) -> bool:
    """Was there once something of this id that may not be told of any more?"""
    rows = Referral.objects.filter(sent_at__isnull=False)
    mine = rows if reader.areas is None else rows.filter(area__in=reader.areas)
    return narrowed(kind, Asked(ids=frozenset({key})), mine.exclude(pk__in=tellable(reader.areas))).exists()


def narrowed(kind: str, asked: Asked, rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """The cases that can hold an answer."""
    if asked.patient is not None:
        rows = rows.filter(resident__in=_uuids({asked.patient}))
    if asked.ids is not None:
        rows = rows.filter(_holding(kind, asked.ids))
    if asked.statuses is not None and kind == "Task" and asked.statuses <= OPEN:
        rows = rows.filter(state__in=sorted(CASE.open))
    since = [bound.start for bound in asked.changed if bound.sort in ("eq", "gt", "ge", "sa")]
    if since and kind in _BY_TRANSITION:
        rows = rows.filter(Exists(Transition.objects.filter(referral=OuterRef("pk"), at__gte=max(since))))
    return chosen(rows).order_by("pk")


def newest(found: Iterator[Json]) -> Iterator[Json]:
    """Of versions that follow one another, the last of each."""
    kept: Json | None = None
    for one in found:
        if kept is not None and kept["id"] != one["id"]:
            yield kept
        kept = one
    if kept is not None:
        yield kept


def _going(rows: QuerySet[Referral], kind: str, asked: Asked, reader: Reader) -> Iterator[Case]:
    start, _, rest = asked.after.partition("~")
    begin = next(iter(_uuids({start})), None)
    while True:
        ahead = rows if begin is None else rows.filter(pk__gt=begin) if rest == "~" else rows.filter(pk__gte=begin)
        batch = list(ahead[:BATCH])
        yield from cases(batch, OF_CASES[kind].parts, reader.areas)
        if len(batch) < BATCH:
            return
        begin, rest = batch[-1].pk, "~"


def _after(found: Iterator[Json], case: Case, after: str) -> list[Json]:
    """What comes after the last one told, in the case where that was."""
    start, _, last = after.partition("~")
    resources = list(found)
    if start != case.id:
        return resources
    places = [place for place, one in enumerate(resources, 1) if one["id"] == last]
    return resources[places[0] :] if places else resources


def _holding(kind: str, ids: frozenset[str]) -> Q:
    """Cases with a resource of one of the ids."""
    keys = _uuids({key.partition(".")[0] for key in ids})
    if kind == "Patient":
        return Q(resident__in=keys)
    if kind == "Task":
        supports = Support.objects.filter(pk__in=keys).values("placement__referral")
        return Q(pk__in=keys) | Q(pk__in=Placement.objects.filter(pk__in=keys).values("referral")) | Q(pk__in=supports)
    if kind == "Consent":
        return Q(pk__in=Permission.objects.filter(pk__in=keys).values("referral"))
    if kind == "Appointment":
        return Q(pk__in=Session.objects.filter(pk__in=keys).values("placement__referral"))
    if kind == "AuditEvent":
        return _traced(ids)
    if kind in ("Communication", "Provenance"):
        return _numbered(ids)
    return Q(pk__in=keys)


def _numbered(ids: frozenset[str]) -> Q:
    found = Q(pk__in=[])
    for name, model in (("yhteydenotto", ContactAttempt), ("palaute", Feedback), ("siirto", Transition)):
        rows: QuerySet[Any] = model._default_manager.filter(pk__in=_numbers(ids, f"{name}-"))
        found |= Q(pk__in=rows.values("referral"))
    return found


def _traced(ids: frozenset[str]) -> Q:
    things = [thing.partition(":") for thing in Trace.objects.filter(pk__in=_numbers(ids, "")).values_list("thing", flat=True)]
    of_cases = _uuids({key for sort, _, key in things if sort == "referrals.Referral"})
    return Q(pk__in=of_cases) | Q(resident__in=_uuids({key for sort, _, key in things if sort == "referrals.Resident"}))


def _numbers(ids: frozenset[str], prefix: str) -> list[int]:
    words = [key.removeprefix(prefix) for key in ids if key.startswith(prefix)]
    return [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19]


def _uuids(words: set[str]) -> list[UUID]:
    found = []
    for word in words:
        try:
            found.append(UUID(word))
        except ValueError:
            continue  # no id of ours
    return found
