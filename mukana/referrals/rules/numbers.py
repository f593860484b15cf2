"""A year of referrals in numbers as anybody may see them: from counts to a publication without a small one in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mukana.lib.ladders import Ends, Ladders, ladders
from mukana.lib.suppression import RULE, Table, may_follow, quantile, series, share, table, under
from mukana.referrals.rules.measures import Change

OFFERED, AGREED, REACHED, PLACED, FIRST, FOURTH, THIRD_MONTH = (
    "offered", "agreed", "reached", "placed", "first_visit", "fourth_visit", "third_month",
)  # fmt: skip
STAGES = (OFFERED, AGREED, REACHED, PLACED, FIRST, FOURTH, THIRD_MONTH)
SAID_NO, OPEN, TOO_EARLY, STAYED_AWAY = "said_no", "open", "too_early", "stayed_away"
DEAD_ENDS = ("no_suitable_service", "full_everywhere")
AREA, QUARTER, COMPANION, DIGITAL = "area", "quarter", "companion", "digital"
BREAKDOWNS = (AREA, QUARTER, COMPANION, DIGITAL)
LEGS = ("acknowledged", "contact", "session")
PROMISED = {"acknowledged": 2, "contact": 5}  # working days; a first session is held within 15 of the plan
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class People:
    """So many who came just so far; `end` is why no further.  Of who said no only area and quarter are known."""

    area: str
    quarter: int
    stage: str
    end: str
    number: int
    digital: bool | None = None
    companion: bool | None = None


@dataclass(frozen=True, slots=True)
class Unmet:
    """So many times a receiver said no, or nothing: of which area and topic, why, in the week of which Monday (ISO)."""

    area: str
    topic: str
    reason: str
    week: str
    number: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of a year, before anything is hidden."""

    people: tuple[People, ...] = ()
    waits: Mapping[str, Mapping[str, Mapping[int, int]]] = field(default_factory=dict)  # area → leg → working days → cases
    closed: Mapping[str, int] = field(default_factory=dict)  # "digital.told" → cases
    unmet: tuple[Unmet, ...] = ()
    changes: Mapping[str, Change] = field(default_factory=dict)
    guided: int = 0
    given: int = 0

    @property
    def members(self) -> int:
        """Whom it is of."""
        return sum(one.number for one in self.people)


@dataclass(frozen=True, slots=True)
class Wait:
    """Working days from sending: half of the cases and nine of ten were not longer; None is too few to tell."""

    leg: str
    median: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Parity:
    """Per cent without digital means among those sent and those closed; per cent of the closed told to the referrer."""

    sent: int | None
    closed: int | None
    told: int | None
    dead_ends: int | None


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Mean change of those with both answers, in tenths; and how many they are, got better, or have no second answer."""

    item: str
    pairs: int | None
    mean: int | None
    split: Mapping[str, int | None]
    without: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The publication."""

    ladders: Ladders
    reasons: Table
    waits: Mapping[str, tuple[Wait, ...]]
    parity: Parity
    reasons_by_area: Table
    topics_by_area: Table
    weeks: Mapping[str, int | None]
    changes: tuple[MeanChange, ...]
    strengths: Mapping[str, int | None]


def published(facts: Facts) -> Numbers:
    """Everything of a year that may be shown, each table with those it shares totals with in mind."""
    told = ladders(STAGES, _ends(facts.people), {name: _breakdown(facts.people, name) for name in BREAKDOWNS})
    reasons = under(told.whole.left, _summed((one.stage, one.end, one.number) for one in facts.people if one.stage != THIRD_MONTH))
    by_reason = table(_summed((one.area, one.reason, one.number) for one in facts.unmet))
    areas = {row: by_reason.at(row, "") for row in by_reason.rows}
    weeks = Counter(dict.fromkeys(_span([one.week for one in facts.unmet]), 0))
    for one in facts.unmet:
        weeks[one.week] += one.number
    return Numbers(
        ladders=told,
        reasons=reasons,
        waits=_waits(facts, told),
        parity=_parity(facts, told, reasons),
        reasons_by_area=by_reason,
        topics_by_area=under(areas, _summed((one.area, one.topic, one.number) for one in facts.unmet)),
        weeks=series(weeks, by_reason.at("", "")),
        changes=tuple(_mean(item, found) for item, found in facts.changes.items()),
        strengths={"guided": few(facts.guided), "given": few(facts.given), "referred": told.whole.came[AGREED]},
    )


def may_follow_changes(before: Mapping[str, Change], now: Mapping[str, Change]) -> bool:
    """Would no mean of the new release give away the answers of a few who have come to the old one?"""
    return all(may_follow(now.get(item, Change()).pairs - before.get(item, Change()).pairs) for item in {*before, *now})


def few(count: int) -> int | None:
    """A count that stands alone."""
    return None if RULE.small(count) else count


def _ends(people: Iterable[People]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in people:
        found[one.stage] += one.number
    return {stage: found[stage] for stage in STAGES}


_GROUP: Mapping[str, Callable[[People], str]] = {
    AREA: lambda one: one.area,
    QUARTER: lambda one: str(one.quarter),
    COMPANION: lambda one: YES if one.companion else NO,
    DIGITAL: lambda one: YES if one.digital else NO,
}


def _breakdown(people: Iterable[People], name: str) -> dict[str, Ends]:
    """The groups of a breakdown; of those who said no at once only area and quarter are known."""
    halves = name in (COMPANION, DIGITAL)
    stages = STAGES[1:] if halves else STAGES
    found: dict[str, dict[str, int]] = {half: dict.fromkeys(stages, 0) for half in (YES, NO) if halves}
    for one in people:
        if one.stage in stages:
            found.setdefault(_GROUP[name](one), dict.fromkeys(stages, 0))[one.stage] += one.number
    return dict(sorted(found.items(), reverse=halves))


def _summed(rows: Iterable[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for row, column, number in rows:
        found[row, column] += number
    return dict(sorted(found.items()))


def _span(weeks: Sequence[str]) -> list[str]:
    """Every Monday from the first to the last: a week in which nothing happened is one too."""
    if not weeks:
        return []
    first, last = date.fromisoformat(min(weeks)), date.fromisoformat(max(weeks))
    return [(first + timedelta(days=day)).isoformat() for day in range(0, (last - first).days + 1, 7)]


def _waits(facts: Facts, told: Ladders) -> dict[str, tuple[Wait, ...]]:
    """By area ("" is all); where it is not told how many came so far, nothing is told of their waiting either."""
    found = {}
    for area in ("", *facts.waits):
        came = told.by[AREA][area].came if area else told.whole.came
        chosen = [facts.waits[area]] if area else list(facts.waits.values())
        found[area] = tuple(_wait(leg, chosen, known=came[_STAGE[leg]] is not None) for leg in LEGS)
    return found


_STAGE = {"acknowledged": AGREED, "contact": REACHED, "session": FIRST}


def _wait(leg: str, chosen: Iterable[Mapping[str, Mapping[int, int]]], *, known: bool) -> Wait:
    if not known:
        return Wait(leg, None, None)
    values = [day for legs in chosen for day, number in legs.get(leg, {}).items() for _ in range(number)]
    return Wait(leg, quantile(values, 50), quantile(values, 90))


def _parity(facts: Facts, told: Ladders, reasons: Table) -> Parity:
    """Shares stand on counts that are shown: where the halves of the sent are hidden, no half of the closed is told."""
    halves = told.by[DIGITAL]
    closed = Counter({half: 0 for half in (YES, NO)})
    heard: Counter[str] = Counter({half: 0 for half in (YES, NO)})
    for key, number in facts.closed.items():
        half, _, word = key.partition(".")
        closed[half] += number
        heard[word] += number
    whole = told.whole.came[AGREED]
    known = None not in (whole, *(halves[half].came[AGREED] for half in (YES, NO)))
    total = few(sum(closed.values()))
    shown = series(closed, total if known else None)
    ends = [reasons.at("", code) for code in DEAD_ENDS if code in reasons.columns]
    dead = None if None in ends else sum(end or 0 for end in ends)
    return Parity(
        sent=share(halves[NO].came[AGREED], whole),
        closed=share(shown[NO], total),
        told=share(series(heard, total)[YES], total),
        dead_ends=share(dead, whole) if ends else None,
    )


def _mean(item: str, found: Change) -> MeanChange:
    pairs = few(found.pairs)
    mean = None if pairs is None else round(found.total / found.pairs / 10)
    split = series({"better": found.better, "same": found.same, "worse": found.worse}, pairs)
    without = {name: few(getattr(found, name)) for name in ("waiting", "dropped", "passed")}
    return MeanChange(item, pairs, mean, split, without)


def as_data(facts: Facts) -> dict[str, Any]:
    """The facts as JSON keeps them."""
    return {
        "people": [[one.area, one.quarter, one.stage, one.end, one.number, one.digital, one.companion] for one in facts.people],
        "waits": _keyed(facts.waits, str),
        "closed": dict(facts.closed),
        "unmet": [[one.area, one.topic, one.reason, one.week, one.number] for one in facts.unmet],
        "changes": {item: {name: getattr(one, name) for name in one.__dataclass_fields__} for item, one in facts.changes.items()},
        "guided": facts.guided,
        "given": facts.given,
    }


def from_data(data: Mapping[str, Any]) -> Facts:
    """Facts as they were kept."""
    return Facts(
        people=tuple(People(*row) for row in data["people"]),
        waits=_keyed(data["waits"], int),
        closed=data["closed"],
        unmet=tuple(Unmet(*row) for row in data["unmet"]),
        changes={item: Change(**one) for item, one in data["changes"].items()},
        guided=data["guided"],
        given=data["given"],
    )


def _keyed(waits: Mapping[str, Mapping[str, Mapping[Any, int]]], kind: Callable[[Any], Any]) -> dict[str, dict[str, dict[Any, int]]]:
    """Days as JSON has its keys, or as numbers again."""
    return {area: {leg: {kind(day): n for day, n in days.items()} for leg, days in legs.items()} for area, legs in waits.items()}
