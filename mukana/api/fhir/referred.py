"""What cases refer to, read by its ids: organisations, services, places, people in their roles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from mukana.accounts.models import Person
from mukana.api.fhir.mapping import directory
from mukana.api.fhir.mapping.facts import Case, Site
from mukana.api.fhir.mapping.parts import Json
from mukana.directory.models import Entry, Place
from mukana.organisations.models import Municipality, Organisation, name_of
from mukana.referrals.models import Companion

BATCH = 500


@dataclass(slots=True)
class Referred:
    """The ids that cases have named."""

    areas: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    services: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    workers: set[str] = field(default_factory=set)
    companions: set[str] = field(default_factory=set)

    def note(self, case: Case) -> None:
        """What this case's resources refer to; of a person under address protection no place."""
        if "area" in case.patient.shown:
            self.areas.add(case.area)
        self.workers.add(case.link_worker)
        self.organisations.update(one.organisation for one in case.allowed)
        for offer in case.offers:
            self.organisations.add(offer.organisation)
            self.companions.update(along.companion for along in offer.alongs)
            if not case.patient.protected:
                self.services.add(offer.entry)
                self.places.add(offer.place)


def resources(named: Referred, site: Site) -> Iterator[Json]:
    """Everything that was named and is still there, each once."""
    yield from services(named.services, site, named)
    yield from companions(named.companions, site, named)
    yield from workers(named.workers, site)
    yield from municipalities(named.areas, site)
    yield from organisations(named.organisations, site)
    yield from places(named.places)


def services(keys: Collection[str], site: Site, named: Referred) -> Iterator[Json]:
    """Services; their organisations and places are named by it."""
    for part in _batches(keys):
        for one in Entry.objects.filter(pk__in=part).only("texts", "organisation_id", "place_id", "status"):
            organisation, place = str(one.organisation_id or ""), str(one.place_id or "")
            named.organisations.add(organisation)
            named.places.add(place)
            service = directory.Service(str(one.pk), name_of(one.texts), organisation, place, one.status == "published")
            yield directory.healthcare_service(service, site)


def companions(keys: Collection[str], site: Site, named: Referred) -> Iterator[Json]:
    """Support persons in their role."""
    for part in _batches(keys):
        for key, organisation in Companion.objects.filter(pk__in=part).values_list("pk", "organisation_id"):
            named.organisations.add(str(organisation or ""))
            yield directory.companion_role(str(key), str(organisation or ""), site)


def workers(keys: Collection[str], site: Site) -> Iterator[Json]:
    """Link workers, and that each is one."""
    for part in _batches(keys):
        for key in Person.objects.filter(pk__in=part).values_list("pk", flat=True):
            yield directory.practitioner(str(key))
            yield directory.link_worker_role(str(key), site)


def municipalities(keys: Collection[str], site: Site) -> Iterator[Json]:
    """Municipalities that answer for cases."""
    for one in Municipality.objects.filter(pk__in=[key for key in keys if key]):
        yield directory.organization(directory.Receiver(f"kunta-{one.pk}", str(one), "municipality"), site)


def organisations(keys: Collection[str], site: Site) -> Iterator[Json]:
    """Receivers."""
    for part in _batches(keys):
        for one in Organisation.objects.filter(pk__in=part).only("texts", "kind", "business_id"):
            yield directory.organization(directory.Receiver(str(one.pk), name_of(one.texts), one.kind, one.business_id), site)


def places(keys: Collection[str]) -> Iterator[Json]:
    """Places of services."""
    for part in _batches(keys):
        for one in Place.objects.filter(pk__in=part):
            spot = directory.Spot(str(one.pk), name_of(one.texts), one.address, one.postal_code, one.city, one.lat, one.lon)
            yield directory.location(spot)


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    known = sorted(key for key in keys if key)
    for start in range(0, len(known), BATCH):
        yield known[start : start + BATCH]
