"""Tasks with every version: a unit's coordination of a case, an offer to a receiver, somebody coming along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mukana.api.fhir.mapping.facts import Along, Case, Offer, Site
from mukana.api.fhir.mapping.gravity import OPEN
from mukana.api.fhir.mapping.history import Version, coordination_versions, placement_versions, support_versions
from mukana.api.fhir.mapping.parts import (
    BSER,
    BUSINESS,
    Json,
    area_ref,
    clean,
    coding,
    concept,
    meta,
    moment,
    ours,
    ref,
    worker_ref,
)

FULFIL = "http://hl7.org/fhir/CodeSystem/task-code"


def tasks(case: Case, site: Site) -> Iterator[Json]:
    """Every version of every Task of the case: a Task's versions follow one another, the oldest first."""
    rounds = coordination_versions(case.events)
    for number, versions in enumerate(rounds, 1):
        yield from _versions(_coordination(case, site, number, last=number == len(rounds)), versions, case, site)
    for offer in case.offers:
        versions = placement_versions(offer.events)
        if not versions:
            continue  # only thought of: nobody outside knows
        yield from _versions(_offer(case, offer), versions, case, site)
        for along in offer.alongs:
            yield from _versions(_along(case, offer, along, site), support_versions(along.events), case, site)


def coordination_id(case: Case, number: int) -> str:
    """The id of the case's n-th coordination."""
    return f"{case.id}.{number:02}"


def _versions(body: Json, versions: Sequence[Version], case: Case, site: Site) -> Iterator[Json]:
    """`_last`: what is true of the newest version only, because nobody wrote down when it changed."""
    only_last = body.pop("_last")
    for version in versions:
        newest = version is versions[-1]
        told = {
            "resourceType": "Task",
            **body,
            "meta": meta(version.at, version.number),
            "status": version.status,
            "statusReason": ours(site, "reason", version.reason) if version.reason else None,
            "businessStatus": {"coding": [coding(BSER, version.business, BUSINESS[version.business])]} if version.business else None,
            "intent": "order",
            "priority": "urgent" if case.urgent else "routine",
            "for": ref("Patient", case.patient.id),
            "authoredOn": moment(versions[0].at),
            "lastModified": moment(version.at),
            **(_open_only(only_last, version) if newest else {}),
        }
        yield clean(told)


def _open_only(only_last: Json, version: Version) -> Json:
    return only_last if version.status in OPEN else {name: value for name, value in only_last.items() if name != "restriction"}


def _coordination(case: Case, site: Site, number: int, *, last: bool) -> Json:
    due = {"restriction": {"period": {"end": moment(case.due_at)}}} if case.due_at and last else {}
    return {
        "id": coordination_id(case, number),
        "code": ours(site, "task", "coordination"),
        "basedOn": [ref("ServiceRequest", case.id)],
        "focus": ref("ServiceRequest", case.id),
        "_last": {"owner": (worker_ref(case) or area_ref(case)) if last else None, **due},
    }


def _offer(case: Case, offer: Offer) -> Json:
    protected = case.patient.protected
    due = {"restriction": {"period": {"end": moment(offer.due_at)}}} if offer.due_at else {}
    receiver = ref("Organization", offer.organisation)
    service = None if protected else ref("HealthcareService", offer.entry)  # a service stands at an address
    return {
        "id": offer.id,
        "code": concept(FULFIL, "fulfill"),
        "basedOn": [ref("ServiceRequest", case.id)],
        "focus": ref("ServiceRequest", case.id),
        "owner": receiver or service or (None if protected else {"display": offer.entry_name}),
        "input": [{"type": {"text": "service"}, "valueReference": service}] if service else [],
        "_last": {"requester": worker_ref(case), "output": _output(offer), **due},
    }


def _output(offer: Offer) -> list[Json]:
    return [{"type": {"text": "appointment"}, "valueReference": ref("Appointment", visit.id)} for visit in offer.visits]


def _along(case: Case, offer: Offer, along: Along, site: Site) -> Json:
    due = {"restriction": {"period": {"end": moment(along.due_at)}}} if along.due_at else {}
    return {
        "id": along.id,
        "partOf": [ref("Task", offer.id)],
        "code": ours(site, "task", "accompaniment"),
        "focus": ref("ServiceRequest", case.id),
        "performerType": [ours(site, "role", "companion")],
        "_last": {"owner": ref("PractitionerRole", along.companion), **due},
    }
