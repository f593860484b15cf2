"""A year of referrals in numbers as anybody may see them: from counts to a publication without a small one in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mukana.lib.ladders import Ends, Ladders
from mukana.lib.suppression import Table, quantile, share
from mukana.referrals.rules.measures import Change
from mukana.referrals.rules.publishing import Earlier, Publishing, Shown

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
WITH, WITHOUT = "with", "without"  # a companion
CAME, MISSED = "came", "missed"


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
    """So many times there was nothing: of which area and topic (or need), why, in the week of which Monday (ISO)."""

    area: str
    topic: str
    reason: str
    week: str
    number: int


@dataclass(frozen=True, slots=True)
class FirstVisits:
    """So many first sessions of an area, with a companion or without, at which somebody came or nobody did."""

    area: str
    group: str
    result: str
    number: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of a year, before anything is hidden."""

    people: tuple[People, ...] = ()
    waits: Mapping[str, Mapping[str, Mapping[int, int]]] = field(default_factory=dict)  # area → leg → working days → cases
    closed: Mapping[str, int] = field(default_factory=dict)  # "digital.told" → cases
    unmet: tuple[Unmet, ...] = ()  # receivers said no, or nothing
    lacked: tuple[Unmet, ...] = ()  # guidance found nothing
    company: tuple[FirstVisits, ...] = ()
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
class Lack:
    """What was not to be had: by area and reason, by area and topic, by week."""

    reasons: Table
    topics: Table
    weeks: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The publication; `shown` are its counts one by one, for comparing it with the next one."""

    ladders: Ladders
    reasons: Table
    waits: Mapping[str, tuple[Wait, ...]]
    parity: Parity
    unmet: Lack
    lacked: Lack
    company: Mapping[str, Table]  # with a companion, without → area and result
    changes: tuple[MeanChange, ...]
    strengths: Mapping[str, int | None]
    shown: Shown


def published(facts: Facts, earlier: Earlier | None = None) -> Numbers:
    """Everything of a year that may be shown, each table with those it shares totals with, and earlier releases, in mind.

    Raises suppression.Unprotected when a count cannot be hidden beside what has been published.
    """
    out = Publishing(earlier or {})
    told = out.ladders(STAGES, _ends(facts.people), {name: _breakdown(facts.people, name) for name in BREAKDOWNS})
    left = _summed((one.stage, one.end, one.number) for one in facts.people if one.stage != THIRD_MONTH)
    reasons = out.under("reasons", told.whole.left, left)
    return Numbers(
        ladders=told,
        reasons=reasons,
        waits=_waits(out, facts, told),
        parity=_parity(out, facts, told, reasons),
        unmet=_lack(out, "unmet", facts.unmet),
        lacked=_lack(out, "lacked", facts.lacked),
        company={group: _visits(out, facts, group) for group in (WITH, WITHOUT)},
        changes=tuple(_mean(out, item, found) for item, found in facts.changes.items()),
        strengths={
            "guided": out.few("guided", facts.guided),
            "given": out.few("given", facts.given),
            "referred": told.whole.came[AGREED],
        },
        shown=out.shown,
    )


def _lack(out: Publishing, name: str, rows: Sequence[Unmet]) -> Lack:
    reasons = out.table(f"{name}.reasons", _summed((one.area, one.reason, one.number) for one in rows))
    areas = {row: reasons.at(row, "") for row in reasons.rows}
    topics = out.under(f"{name}.topics", areas, _summed((one.area, one.topic, one.number) for one in rows))
    weeks = Counter(dict.fromkeys(_span([one.week for one in rows]), 0))
    for one in rows:
        weeks[one.week] += one.number
    return Lack(reasons, topics, out.series(f"{name}.weeks", weeks, reasons.at("", "")))


def _visits(out: Publishing, facts: Facts, group: str) -> Table:
    """Each group by itself: the two are never summed up, so neither tells of the other."""
    counts = _summed((one.area, one.result, one.number) for one in facts.company if one.group == group)
    areas = dict.fromkeys(area for area, _ in counts)
    return out.table(f"company.{group}", {(area, result): counts.get((area, result), 0) for area in areas for result in (CAME, MISSED)})


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


def _waits(out: Publishing, facts: Facts, told: Ladders) -> dict[str, tuple[Wait, ...]]:
    """By area ("" is all); where it is not told how many came so far, nothing is told of their waiting either."""
    found = {}
    for area in ("", *facts.waits):
        came = told.by[AREA][area].came if area else told.whole.came
        chosen = [facts.waits[area]] if area else list(facts.waits.values())
        found[area] = tuple(_wait(out, leg, area, chosen if came[_STAGE[leg]] is not None else ()) for leg in LEGS)
    return found


_STAGE = {"acknowledged": AGREED, "contact": REACHED, "session": FIRST}


def _wait(out: Publishing, leg: str, area: str, chosen: Iterable[Mapping[str, Mapping[int, int]]]) -> Wait:
    values = [day for legs in chosen for day, number in legs.get(leg, {}).items() for _ in range(number)]
    half, most = (out.measure(f"waits.{area}.{leg}.{part}", len(values), quantile(values, part)) for part in (50, 90))
    return Wait(leg, half, most)


def _parity(out: Publishing, facts: Facts, told: Ladders, reasons: Table) -> Parity:
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
    total = out.few("closed", sum(closed.values()))
    shown = out.series("closed.digital", closed, total if known else None)
    ends = [reasons.at("", code) for code in DEAD_ENDS if code in reasons.columns]
    dead = None if None in ends else sum(end or 0 for end in ends)
    return Parity(
        sent=share(halves[NO].came[AGREED], whole),
        closed=share(shown[NO], total),
        told=share(out.series("closed.told", heard, total)[YES], total),
        dead_ends=share(dead, whole) if ends else None,
    )


def _mean(out: Publishing, item: str, found: Change) -> MeanChange:
    name = f"change.{item}"
    pairs = out.few(name, found.pairs)
    mean = None if pairs is None else out.measure(f"{name}.mean", pairs, round(found.total / pairs / 10))
    split = out.series(f"{name}.split", {"better": found.better, "same": found.same, "worse": found.worse}, pairs)
    without = {part: out.few(f"{name}.{part}", getattr(found, part)) for part in ("waiting", "dropped", "passed")}
    return MeanChange(item, pairs, mean, split, without)
