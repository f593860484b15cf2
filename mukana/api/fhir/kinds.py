"""Which resources there are: those made of a case, each with what has to be read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mukana.api.fhir.mapping import consents, meetings, requests, tasks, traces
from mukana.api.fhir.mapping.facts import Case, Site
from mukana.api.fhir.mapping.parts import Json


@dataclass(frozen=True, slots=True)
class Kind:
    """A resource type: how it is made of a case, and the parts of the case it is made of."""

    make: Callable[[Case, Site], Iterator[Json]]
    parts: tuple[str, ...]


OF_CASES = {
    "Patient": Kind(requests.patients, ()),
    "RelatedPerson": Kind(requests.relatives, ()),
    "ServiceRequest": Kind(requests.requests, ("events", "allowed")),
    "Task": Kind(tasks.tasks, ("events", "offers")),
    "Consent": Kind(consents.consents, ("allowed",)),
    "Appointment": Kind(meetings.appointments, ("offers",)),
    "Communication": Kind(meetings.communications, ("attempts", "told")),
    "Provenance": Kind(traces.provenances, ("events", "offers", "moved")),
    "AuditEvent": Kind(traces.audit_events, ("seen",)),
}
REFERRED_TO = ("Organization", "HealthcareService", "Location", "Practitioner", "PractitionerRole")
EVERY_PART = tuple(sorted({part for kind in OF_CASES.values() for part in kind.parts}))
