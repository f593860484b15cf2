"""The resident, the case, and a relative who wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from mukana.api.fhir.mapping.facts import Case, Site
from mukana.api.fhir.mapping.history import CLOSED_WELL, changes, last_change
from mukana.api.fhir.mapping.parts import (
    GRAVITY,
    TERMINOLOGY,
    Json,
    area_ref,
    clean,
    coding,
    concept,
    meta,
    moment,
    ours,
    ref,
    refs,
    worker_ref,
)

_STATUS = {"paused": "on-hold", "cancelled": "revoked"}


def patients(case: Case, site: Site) -> Iterator[Json]:
    """The resident, without name, contact or identity code; once, with the first of their cases."""
    if not case.first:
        return
    shown = case.patient.shown
    language = str(shown.get("language", ""))
    practical = shown.get("practical", ())
    extensions = [
        {"url": site.system("StructureDefinition/age-band"), "valueCode": str(shown["age_band"])} for _ in [0] if shown.get("age_band")
    ]
    if isinstance(practical, list | tuple):
        extensions += [{"url": site.system("StructureDefinition/practical-need"), "valueCode": str(one)} for one in practical]
    yield clean(
        {
            "resourceType": "Patient",
            "id": case.patient.id,
            "meta": {"security": [coding(f"{TERMINOLOGY}/v3-ObservationValue", "PSEUDED")]},
            "extension": extensions,
            "active": True,
            "address": [{"use": "home", "city": str(shown["area"]), "country": "FI"}] if shown.get("area") else [],
            "communication": [{"language": concept("urn:ietf:bcp:47", language), "preferred": True}] if language else [],
            "managingOrganization": area_ref(case),
        }
    )


def requests(case: Case, site: Site) -> Iterator[Json]:
    """The case."""
    changed = last_change(case.events) or case.sent_at
    yield clean(
        {
            "resourceType": "ServiceRequest",
            "id": case.id,
            "meta": meta(changed, len(changes(case.events))),
            "identifier": [{"system": site.system("reference"), "value": case.reference}],
            "status": status_of(case),
            "intent": "order",
            "category": [ours(site, "category", "wellbeing_referral")],
            "priority": "urgent" if case.urgent else "routine",
            "orderDetail": [] if case.patient.reachable else [concept(GRAVITY, "contacting-subject-prohibited")],
            "subject": ref("Patient", case.patient.id),
            "authoredOn": moment(case.sent_at),
            "requester": _requester(case),
            "performer": refs(worker_ref(case), area_ref(case)),
            "reasonCode": [ours(site, "need", code) for code in case.needs],
            "supportingInfo": refs(*(ref("Consent", one.id) for one in case.allowed)),
            "extension": [
                {"url": site.system("StructureDefinition/case-state"), "valueCode": case.state},
                *({"url": site.system("StructureDefinition/outcome"), "valueCode": case.outcome} for _ in [0] if case.outcome),
            ],
        }
    )


def relatives(case: Case, site: Site) -> Iterator[Json]:
    """Whoever wrote the referral for the resident: that there is somebody, and nothing of them."""
    if case.role == "proxy":
        yield {"resourceType": "RelatedPerson", "id": case.id, "active": True, "patient": ref("Patient", case.patient.id)}


def status_of(case: Case) -> str:
    """What a request's status is in FHIR."""
    if case.state == "closed":
        return "completed" if case.outcome in CLOSED_WELL else "revoked"
    return _STATUS.get(case.state, "active")


def _requester(case: Case) -> Json | None:
    if case.role == "resident":
        return ref("Patient", case.patient.id)
    if case.role == "proxy":
        return ref("RelatedPerson", case.id)
    return {"display": case.unit} if case.unit and not case.patient.protected else None  # a unit's name tells the town
