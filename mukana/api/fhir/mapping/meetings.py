"""First visits, tries to reach the resident, and what the referrer was told."""

from __future__ import annotations

from collections.abc import Iterator

from mukana.api.fhir.mapping.facts import Attempt, Case, Offer, Site, Told, Visit
from mukana.api.fhir.mapping.history import last_change
from mukana.api.fhir.mapping.parts import TERMINOLOGY, Json, clean, concept, meta, moment, ours, ref, worker_ref

_VISIT = {"planned": "booked", "attended": "fulfilled", "missed": "noshow", "excused": "cancelled", "cancelled": "cancelled"}
_MEDIUM = {
    "phone": "PHONE", "sms": "SMSWRIT", "email": "EMAILWRIT", "letter": "MAILWRIT", "face": "FACE", "paper": "WRITTEN",
    "link": "ELECTRONIC", "screen": "ELECTRONIC",
}  # fmt: skip
_REACHED = frozenset({"reached", "left_message", "asked_to_call_later"})


def appointments(case: Case, site: Site) -> Iterator[Json]:
    """First sessions.  Of a person under address protection nobody hears where."""
    for offer in case.offers:
        for visit in offer.visits:
            yield _appointment(case, offer, visit, site)


def communications(case: Case, site: Site) -> Iterator[Json]:
    """Tries and feedback; what was said or written is told to nobody."""
    for attempt in case.attempts:
        yield _attempt(case, attempt, site)
    for told in case.told:
        yield _told(case, told, site)


def _appointment(case: Case, offer: Offer, visit: Visit, site: Site) -> Json:
    open_house = not case.patient.protected
    status = _VISIT[visit.state]
    where = [ref("HealthcareService", offer.entry), ref("Location", offer.place)] if open_house else []
    actors = [ref("Patient", case.patient.id), *(one for one in where if one)]
    return clean(
        {
            "resourceType": "Appointment",
            "id": visit.id,
            "meta": meta(last_change(offer.events)),
            "status": status,
            "cancelationReason": ours(site, "reason", visit.reason or visit.state) if status == "cancelled" else None,
            "basedOn": [ref("ServiceRequest", case.id)],
            "supportingInformation": [ref("Task", offer.id)],
            "start": moment(visit.starts_at),
            "end": moment(visit.ends_at),
            "participant": [{"actor": actor, "status": "accepted"} for actor in actors],
        }
    )


def _attempt(case: Case, attempt: Attempt, site: Site) -> Json:
    done = attempt.result in _REACHED
    medium = _MEDIUM.get(attempt.channel)
    return clean(
        {
            "resourceType": "Communication",
            "id": f"yhteydenotto-{attempt.id}",
            "meta": meta(attempt.at),
            "basedOn": [ref("ServiceRequest", case.id)],
            "status": "completed" if done else "not-done",
            "statusReason": ours(site, "attempt-result", attempt.result),
            "category": [ours(site, "communication", "contact_attempt")],
            "medium": [concept(f"{TERMINOLOGY}/v3-ParticipationMode", medium)] if medium else [],
            "subject": ref("Patient", case.patient.id),
            "recipient": [ref("Patient", case.patient.id)],
            "sent": moment(attempt.at),
        }
    )


def _told(case: Case, told: Told, site: Site) -> Json:
    return clean(
        {
            "resourceType": "Communication",
            "id": f"palaute-{told.id}",
            "meta": meta(told.at),
            "basedOn": [ref("ServiceRequest", case.id)],
            "status": "completed" if told.how else "not-done",
            "statusReason": None if told.how else ours(site, "reason", "nobody_to_tell"),
            "category": [ours(site, "communication", "feedback")],
            "subject": ref("Patient", case.patient.id),
            "sender": worker_ref(case),
            "sent": moment(told.at) if told.how else "",
            "payload": [{"contentString": ": ".join(site.said(code) for code in (told.kind, told.outcome) if code)}],
        }
    )
