"""The small parts every resource is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mukana.api.fhir.mapping.facts import Case, Site

Json = dict[str, Any]

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
GRAVITY = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
BSER = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
BUSINESS = {
    "2.0": "Service Request Created",
    "3.0": "Service Request Accepted",
    "4.0": "Service Request Declined",
    "5.1.1": "Service Request Event Scheduled",
    "5.1.2": "Scheduled Service Request Event Unattended",
    "5.1.3": "Scheduled Service Request Event Cancelled",
    "5.1.4": "Service Request Event Completed",
    "5.2": "Service Request Cancellation Requested",
    "6.0": "Service Request Fulfillment Cancelled",
    "7.0": "Service Request Fulfillment Completed",
}


def clean(resource: Json) -> Json:
    """Without what is empty: FHIR knows no empty values."""
    return {name: value for name, value in resource.items() if value not in (None, "", [], {}, ())}


def moment(at: datetime) -> str:
    """A moment with its offset."""
    return at.isoformat(timespec="milliseconds")


def ref(kind: str, key: str) -> Json | None:
    """A reference inside these data; None when there is nothing to refer to."""
    return {"reference": f"{kind}/{key}"} if key else None


def refs(*found: Json | None) -> list[Json]:
    """Those references that there are."""
    return [one for one in found if one]


def coding(system: str, code: str, display: str = "") -> Json:
    """A code of a system."""
    return clean({"system": system, "code": code, "display": display})


def concept(system: str, code: str, text: str = "") -> Json:
    """A code and what people call it."""
    return clean({"coding": [coding(system, code)], "text": text})


def ours(site: Site, name: str, code: str) -> Json:
    """A code of our own with its words."""
    return concept(site.system(f"CodeSystem/{name}"), code, site.said(code, name))


def meta(at: datetime | None = None, version: int = 0) -> Json:
    """When a resource came to be as it is, and which version that is."""
    return clean({"versionId": str(version) if version else "", "lastUpdated": moment(at) if at else ""})


def area_ref(case: Case) -> Json | None:
    """The municipality that answers for the case; of a person under address protection nobody hears it."""
    return ref("Organization", f"kunta-{case.area}") if "area" in case.patient.shown else None


def worker_ref(case: Case) -> Json | None:
    """The link worker, by role."""
    return ref("PractitionerRole", case.link_worker)


def actor(site: Site, who: str) -> Json:
    """Somebody as traces know them: an identifier without a name."""
    return {"identifier": {"system": site.system("actor"), "value": who}}
