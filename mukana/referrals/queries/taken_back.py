"""Steps of placements that a corrected mark took back: they stand in the history and count for nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, time
from uuid import UUID

from mukana.lib.moments import at_wall
from mukana.referrals.models import Referral, Transition
from mukana.referrals.rules import placements

_CAME = tuple(sorted(placements.REACHED_FIRST))
_REGULAR = frozenset({placements.ATTENDING})
Wrong = Mapping[UUID, Mapping[str, int]]  # placement → state → the number in the history up to which going there was a mistake


def taken_back(first: date) -> Wrong:
    """Of every placement with a mark that was put right since the first day."""
    return _wrong(at__gte=at_wall(first, time()))


def taken_back_of(case: Referral) -> Wrong:
    """The same of one case."""
    return _wrong(referral=case)


def holds(wrong: Wrong, placement: UUID, target: str, number: int) -> bool:
    """Does the step to the state stand?  The table lets only a correction lead back from having come."""
    return number > wrong.get(placement, {}).get(target, 0)


def _wrong(**whose: object) -> Wrong:
    rows = Transition.objects.filter(thing="placement", target__in=(*sorted(placements.UNDONE), placements.FIRST_ATTENDED), **whose)
    back = rows.filter(source__in=_CAME, reason__in=placements.CORRECTIONS).order_by("number")
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for placement, target, number in back.values_list("thing_id", "target", "number"):
        never = _CAME if target in placements.UNDONE else _REGULAR
        found[placement].update(dict.fromkeys(never, number))
    return dict(found)
