"""Counts of a year as JSON keeps them between releases, and back.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mukana.referrals.rules.measures import Change
from mukana.referrals.rules.numbers import Facts, FirstVisits, People, Unmet


def as_data(facts: Facts) -> dict[str, Any]:
    """The facts as JSON keeps them."""
    return {
        "people": [[one.area, one.quarter, one.stage, one.end, one.number, one.digital, one.companion] for one in facts.people],
        "waits": _keyed(facts.waits, str),
        "closed": dict(facts.closed),
        "unmet": [[one.area, one.topic, one.reason, one.week, one.number] for one in facts.unmet],
        "lacked": [[one.area, one.topic, one.reason, one.week, one.number] for one in facts.lacked],
        "company": [[one.area, one.group, one.result, one.number] for one in facts.company],
        "changes": {item: {name: getattr(one, name) for name in one.__dataclass_fields__} for item, one in facts.changes.items()},
        "guided": facts.guided,
        "given": facts.given,
    }


def from_data(data: Mapping[str, Any]) -> Facts:
    """Facts as they were kept; what an older release did not count is empty."""
    return Facts(
        people=tuple(People(*row) for row in data["people"]),
        waits=_keyed(data["waits"], int),
        closed=data["closed"],
        unmet=tuple(Unmet(*row) for row in data["unmet"]),
        lacked=tuple(Unmet(*row) for row in data.get("lacked", ())),
        company=tuple(FirstVisits(*row) for row in data.get("company", ())),
        changes={item: Change(**one) for item, one in data["changes"].items()},
        guided=data["guided"],
        given=data["given"],
    )


def _keyed(waits: Mapping[str, Mapping[str, Mapping[Any, int]]], kind: Callable[[Any], Any]) -> dict[str, dict[str, dict[Any, int]]]:
    """Days as JSON has its keys, or as numbers again."""
    return {area: {leg: {kind(day): n for day, n in days.items()} for leg, days in legs.items()} for area, legs in waits.items()}
