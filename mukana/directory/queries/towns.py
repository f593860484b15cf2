"""Towns for the drawn maps."""

from __future__ import annotations

from functools import lru_cache

from mukana.directory.drawing import Spot
from mukana.organisations.reference import municipalities


@lru_cache(maxsize=1)
def town_spots() -> tuple[Spot, ...]:
    """Municipalities that have a point, the most populous first."""
    known = sorted(municipalities().values(), key=lambda facts: -(facts.population or 0))
    return tuple(Spot(facts.name_fi, (facts.lat, facts.lon)) for facts in known if facts.lat is not None and facts.lon is not None)
