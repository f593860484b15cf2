"""A wish → suggestions with reasons: one search, the facts of its best answers, and rules.

Where conditions that the index knows leave too little, it is asked once more within them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mukana.directory.queries.here import point_of
from mukana.guidance.queries.facts import facts_of
from mukana.guidance.rules.choosing import MOST, Chosen, choose
from mukana.guidance.rules.facts import Facts
from mukana.guidance.rules.listening import Heard, listen
from mukana.guidance.rules.wish import Wish
from mukana.organisations.reference import municipalities, municipality_code
from mukana.search.queries import search
from mukana.search.rules import Filters, SearchRequest

DEPTH = 60
ENOUGH = 3
REMOTE = ("remote_together", "video_home")


def suggest(wish: Wish, now: datetime, most: int = MOST) -> tuple[Heard, Chosen]:
    """What was heard of the wish, and what is suggested."""
    heard = listen(placed(wish))
    found = _found(heard, now, Filters(origin=heard.wish.origin))
    chosen = choose(heard.wish, found, most)
    narrower = _filters(heard.wish)
    if len(chosen.suggestions) < ENOUGH and narrower is not None:
        known = {facts.id for facts, _ in found}
        more = [pair for pair in _found(heard, now, narrower) if pair[0].id not in known]
        chosen = Chosen(choose(heard.wish, [*found, *more], most).suggestions, chosen.left_out)
    return heard, chosen


def placed(wish: Wish) -> Wish:
    """With the municipality's code and point where it is one of Finland's."""
    code = municipality_code(wish.municipality) if wish.municipality else ""
    if not code:
        return wish.but(municipality=wish.municipality.casefold())
    return wish.but(municipality=code, origin=wish.origin or point_of(municipalities().get(code)))


def _found(heard: Heard, now: datetime, filters: Filters) -> list[tuple[Facts, float]]:
    needs = tuple((need.strength, need.concepts) for need in heard.needs)
    hits = search(SearchRequest(heard.search, now, filters, limit=DEPTH, explain=False, needs=needs)).hits
    return _weighed([(hit.entry_id, hit.score, hit.distance_km) for hit in hits], now, times=bool(heard.wish.times))


def _weighed(hits: Sequence[tuple[str, float, float | None]], now: datetime, *, times: bool) -> list[tuple[Facts, float]]:
    kilometres = {entry: km for entry, _, km in hits}
    facts = facts_of(list(kilometres), now, kilometres=kilometres, times=times)
    return [(facts[entry], score) for entry, score, _ in hits if entry in facts]


def _filters(wish: Wish) -> Filters | None:
    """The conditions that the index itself can hold; None when the wish has none of them."""
    forms = REMOTE if wish.remote and not wish.no_device else ()
    languages = (wish.language,) if wish.language_must and wish.language in ("sv", "en") else ()
    towns = (wish.municipality,) if wish.near_only and wish.municipality.isdigit() and not forms else ()
    if not (forms or languages or towns or wish.free):
        return None
    return Filters(forms=forms, languages=languages, municipalities=towns, free=wish.free, origin=wish.origin)
