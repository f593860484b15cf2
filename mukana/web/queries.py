"""What the home page joins from several subjects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from mukana.directory.labels import NEED_ICONS
from mukana.directory.models import Entry
from mukana.directory.queries.here import point_of
from mukana.directory.queries.rows import Row
from mukana.directory.queries.week import from_home_today, this_week, video_for_home
from mukana.lib.moments import as_local
from mukana.organisations.reference import MunicipalityFacts, municipalities

WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class HomePage:
    """`video` is offered when nothing is joined together today; dates are ISO days of the coming week."""

    place: MunicipalityFacts | None
    week: list[Row]
    together: Row | None
    video: Entry | None
    needs: dict[str, str]
    today: date
    week_ends: date


def home_page(place: MunicipalityFacts | None, now: datetime) -> HomePage:
    """The home page's facts near the chosen place."""
    together = from_home_today(now)
    today = as_local(now).date()
    return HomePage(
        place=place,
        week=this_week(now, point_of(place)),
        together=together,
        video=None if together else video_for_home(),
        needs=NEED_ICONS,
        today=today,
        week_ends=today + WEEK,
    )


def places_by_region(place: MunicipalityFacts | None) -> list[tuple[str, list[MunicipalityFacts]]]:
    """Municipalities by region, the chosen place's region first."""
    everybody = sorted(municipalities().values(), key=lambda facts: (facts.region_name, facts.name_fi))
    regions = [(name, list(group)) for name, group in groupby(everybody, key=lambda facts: facts.region_name)]
    mine = place.region_name if place else ""
    return sorted(regions, key=lambda region: region[0] != mine)
