"""Permissions of a resident."""

from __future__ import annotations

from collections.abc import Iterator

from mukana.api.fhir.mapping.facts import Allowed, Case, Site
from mukana.api.fhir.mapping.parts import TERMINOLOGY, Json, area_ref, clean, concept, meta, moment, ours, ref


def consents(case: Case, site: Site) -> Iterator[Json]:
    """Each permission, those that were taken back too."""
    for one in case.allowed:
        ended = one.ends_at if one.ends_at and not one.stands else None
        yield clean(
            {
                "resourceType": "Consent",
                "id": one.id,
                "meta": meta(ended or one.given_at),
                "status": "active" if one.stands else "inactive",
                "scope": concept(f"{TERMINOLOGY}/consentscope", "patient-privacy"),
                "category": [concept("http://loinc.org", "59284-0"), ours(site, "permission", one.kind)],
                "patient": ref("Patient", case.patient.id),
                "dateTime": moment(one.given_at),
                "organization": [found] if (found := area_ref(case)) else [],
                "policy": [{"uri": site.system(f"consent-text/{one.text_version}")}],
                "provision": _provision(one, case, site),
            }
        )


def _provision(one: Allowed, case: Case, site: Site) -> Json:
    receiver = ref("Organization", one.organisation)
    return clean(
        {
            "type": "permit",
            "period": clean({"start": moment(one.given_at), "end": moment(one.ends_at) if one.ends_at else ""}),
            "actor": [{"role": concept(f"{TERMINOLOGY}/v3-ParticipationType", "IRCP"), "reference": receiver}] if receiver else [],
            "code": [ours(site, "field-group", group) for group in one.groups],
            "data": [{"meaning": "instance", "reference": ref("ServiceRequest", case.id)}],
        }
    )
