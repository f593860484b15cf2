"""What a reader's cases refer to: nothing else of the directory is told here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from mukana.api.fhir import referred
from mukana.api.fhir.mapping.facts import Site
from mukana.api.fhir.mapping.parts import Json
from mukana.api.fhir.referred import Referred
from mukana.api.fhir.scope import tellable
from mukana.api.fhir.serving.asking import Asked
from mukana.api.fhir.serving.door import Reader
from mukana.api.fhir.serving.finding import Page
from mukana.referrals.models import Permission, Placement, Support


def find_named(kind: str, asked: Asked, reader: Reader, where: Site) -> Page:
    """A page of what the reader's cases refer to, by id."""
    keys = sorted(_KEYS[kind](reader))
    wanted = [key for key in keys if (asked.ids is None or key in asked.ids) and key > asked.after]
    page = wanted[: asked.count]
    resources = sorted((one for one in _MAKE[kind](page, where) if one["resourceType"] == kind), key=lambda one: str(one["id"]))
    return Page(tuple(resources), after=page[-1] if len(wanted) > len(page) else "")


def _placements(reader: Reader, *, protected: bool = True) -> QuerySet[Placement]:
    rows = Placement.objects.filter(referral__in=tellable(reader.areas)).exclude(state="proposed")
    return rows if protected else rows.filter(referral__resident__protected=False)


def _words(rows: QuerySet[Any], name: str) -> set[str]:
    return {str(key) for key in rows.values_list(name, flat=True).distinct() if key}


def _organizations(reader: Reader) -> set[str]:
    cases = tellable(reader.areas)
    areas = {f"kunta-{key}" for key in cases.filter(resident__protected=False).values_list("area_id", flat=True).distinct()}
    permitted = _words(Permission.objects.filter(referral__in=cases), "entry__organisation_id")
    return (
        areas | permitted | _words(_placements(reader), "entry__organisation_id") | _words(_supports(reader), "companion__organisation_id")
    )


def _supports(reader: Reader) -> QuerySet[Support]:
    return Support.objects.filter(placement__in=_placements(reader))


def _workers(reader: Reader) -> set[str]:
    return _words(tellable(reader.areas), "link_worker_id")


def _roles(reader: Reader) -> set[str]:
    return _workers(reader) | _words(_supports(reader), "companion_id")


_KEYS: dict[str, Callable[[Reader], set[str]]] = {
    "Organization": _organizations,
    "HealthcareService": lambda reader: _words(_placements(reader, protected=False), "entry_id"),
    "Location": lambda reader: _words(_placements(reader, protected=False), "entry__place_id"),
    "Practitioner": _workers,
    "PractitionerRole": _roles,
}


def _make_organizations(keys: list[str], where: Site) -> Iterator[Json]:
    yield from referred.municipalities({key.removeprefix("kunta-") for key in keys if key.startswith("kunta-")}, where)
    yield from referred.organisations([key for key in keys if not key.startswith("kunta-")], where)


def _make_roles(keys: list[str], where: Site) -> Iterator[Json]:
    yield from referred.workers(keys, where)
    yield from referred.companions(keys, where, Referred())


_MAKE: dict[str, Callable[[list[str], Site], Iterator[Json]]] = {
    "Organization": _make_organizations,
    "HealthcareService": lambda keys, where: referred.services(keys, where, Referred()),
    "Location": lambda keys, where: referred.places(keys),
    "Practitioner": referred.workers,
    "PractitionerRole": _make_roles,
}
