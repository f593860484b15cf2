"""The drawn map of one thing, among the towns people know."""

from __future__ import annotations

from functools import lru_cache

from mukana.directory.drawing import Ground, Spot, ground, lines_of
from mukana.directory.models import Entry, Place
from mukana.directory.queries.here import point_of
from mukana.lib.geo import haversine_km
from mukana.organisations.reference import MunicipalityFacts, municipalities

SEEN_KM = 60.0  # a chosen place farther than this tells nothing on the map of one thing


@lru_cache(maxsize=1)
def town_spots() -> tuple[Spot, ...]:
    """Municipalities that have a point, the most populous first."""
    known = sorted(municipalities().values(), key=lambda facts: -(facts.population or 0))
    return tuple(Spot(facts.name_fi, (facts.lat, facts.lon)) for facts in known if facts.lat is not None and facts.lon is not None)


def ground_of(thing: Entry | Place, here: MunicipalityFacts | None) -> Ground | None:
    """Where a thing is in relation to the chosen place or to the nearest town; a route as its line."""
    track = lines_of(thing.geometry) if isinstance(thing, Entry) else []
    if track:
        return ground([Spot("", track[0][0], str(thing))] if track[0] else [], town_spots(), track=track)
    if thing.lat is None or thing.lon is None:
        return None
    point = (thing.lat, thing.lon)
    centre = point_of(here)
    near = here is not None and centre is not None and haversine_km(*point, *centre) <= SEEN_KM
    origin = Spot(here.name_fi, centre) if near and here is not None and centre is not None else None
    return ground([Spot("", point, str(thing))], town_spots(), origin=origin)
