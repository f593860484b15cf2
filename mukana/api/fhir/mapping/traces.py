"""Who looked at a resident's data, and whose decision each move was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mukana.api.fhir.mapping.facts import Case, Moved, Seen, Site
from mukana.api.fhir.mapping.history import coordination_versions, placement_versions
from mukana.api.fhir.mapping.parts import TERMINOLOGY, Json, actor, clean, coding, concept, meta, moment, ours, ref
from mukana.api.fhir.mapping.tasks import coordination_id

_TARGET = {"case": "ServiceRequest", "placement": "Task", "support": "Task"}


def audit_events(case: Case, site: Site) -> Iterator[Json]:
    """Traces about the resident and the case; an opened glass says that it broke it."""
    for one in case.seen:
        yield _audit_event(case, one, site)


def provenances(case: Case, site: Site) -> Iterator[Json]:
    """Each move: when, in whose role, through which channel."""
    known = {offer.id for offer in case.offers if placement_versions(offer.events)}
    known |= {along.id for offer in case.offers if offer.id in known for along in offer.alongs} | {case.id}
    worked = _coordinations(case)
    for one in case.moved:
        if one.thing_id in known and one.event.target not in ("draft", "awaiting_confirmation", "proposed"):
            also = worked.get(one.event.at, []) if one.thing == "case" else []
            yield _provenance(one, also, site)


def _audit_event(case: Case, one: Seen, site: Site) -> Json:
    looked = one.verb in ("read", "glass.broken")
    return clean(
        {
            "resourceType": "AuditEvent",
            "id": one.id,
            "meta": meta(one.at),
            "type": coding("http://dicom.nema.org/resources/ontology/DCM", "110110", "Patient Record"),
            "subtype": [coding(site.system("CodeSystem/verb"), one.verb.replace(" ", "_"), one.said)],
            "action": "R" if looked else "U",
            "recorded": moment(one.at),
            "outcome": "0",
            "purposeOfEvent": [_purpose(one)] if one.glass or one.purpose else [],
            "agent": [{"who": actor(site, one.actor), "requestor": True}],
            "source": {"site": "Mukana", "observer": {"display": "Mukana"}},
            "entity": [
                clean(
                    {
                        "what": ref("Patient", case.patient.id),
                        "detail": [{"type": "field", "valueString": name} for name in one.fields],
                    }
                )
            ],
        }
    )


def _purpose(one: Seen) -> Json:
    if one.glass:
        return concept(f"{TERMINOLOGY}/v3-ActReason", "BTG", "break the glass")
    return {"text": one.purpose}


def _provenance(one: Moved, also: list[Json], site: Site) -> Json:
    event = one.event
    return clean(
        {
            "resourceType": "Provenance",
            "id": f"siirto-{one.id}",
            "meta": meta(event.at),
            "target": [ref(_TARGET[one.thing], one.thing_id), *also],
            "occurredDateTime": moment(event.at),
            "recorded": moment(event.at),
            "activity": ours(site, f"{one.thing}-state", event.target),
            "agent": [{"type": ours(site, "role", event.role), "who": actor(site, event.by)}],
            "extension": [{"url": site.system("StructureDefinition/channel"), "valueCode": event.channel}],
        }
    )


def _coordinations(case: Case) -> dict[datetime, list[Json]]:
    """Moment → the coordinations that a move of the case at that moment made a version of."""
    found: dict[datetime, list[Json]] = {}
    for number, versions in enumerate(coordination_versions(case.events), 1):
        for at in {version.at for version in versions}:
            found.setdefault(at, []).append({"reference": f"Task/{coordination_id(case, number)}"})
    return found
