"""How far people come, stage by stage, in groups: suppressed so that no difference of stages or groups tells of a few.

Who has come to a stage is who left after it and who came to the next one, so a ladder is a chain of sums.  The whole is
settled first.  Then each breakdown is, with the whole as published: a stage that is hidden in the whole is hidden in
every group too, therefore whatever may move in the whole can move in any breakdown without touching another, and no two
breakdowns together tell more than each alone.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

from mukana.lib.cellflow import Sum
from mukana.lib.suppression import ALL, RULE, Out, Rule, Seen, protect

CAME, LEFT = "came", "left"
Key = tuple[str, str, str]  # came or left, group, stage
Ends = Mapping[str, int]  # stage → people who came just so far


@dataclass(frozen=True, slots=True)
class Ladder:
    """Stage → who came so far; stage → who came no further.  None is not shown; the last stage has nobody leaving it."""

    came: Mapping[str, int | None]
    left: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Ladders:
    """The whole, and by breakdown and group; `hidden` counts how many figures of the whole are not shown."""

    whole: Ladder
    by: Mapping[str, Mapping[str, Ladder]]

    @property
    def hidden(self) -> int:
        """How many figures of the whole are not shown."""
        return sum(1 for one in (*self.whole.came.values(), *self.whole.left.values()) if one is None)


def ladders(
    stages: Sequence[str],
    whole: Ends,
    by: Mapping[str, Mapping[str, Ends]],
    *,
    rule: Rule = RULE,
    seen: Mapping[str, Seen] | None = None,
) -> Ladders:
    """The publication.  A group without the first stages (nobody asked those who said no) begins where its people do.

    The groups of a breakdown have every person of the whole from its first stage on.  `seen`: what was published of the
    whole (ALL) and of each breakdown earlier.
    """
    before = seen or {}
    counts, sums = chain(ALL, stages, whole)
    gone = protect(counts, sums, rule=rule, of=_of(counts, stages), out=Out(seen=before.get(ALL, {})))
    shown = {name: _breakdown(stages, (counts, sums), groups, rule, Out(gone, (), before.get(name, {}))) for name, groups in by.items()}
    return Ladders(_ladder(ALL, stages, counts, gone), shown)


def chain(group: str, stages: Sequence[str], ends: Ends) -> tuple[dict[Hashable, int], list[Sum]]:
    """The counts of one ladder and the sums that tie them."""
    counts: dict[Hashable, int] = {}
    sums = []
    came = 0
    for number, stage in reversed(list(enumerate(stages))):
        came += ends.get(stage, 0)
        counts[CAME, group, stage] = came
        if number < len(stages) - 1:
            counts[LEFT, group, stage] = ends.get(stage, 0)
            sums.append(Sum((CAME, group, stage), ((LEFT, group, stage), (CAME, group, stages[number + 1]))))
    return counts, sums


def across(stages: Sequence[str], groups: Collection[str]) -> list[Sum]:
    """The sums that tie the groups of a breakdown to the whole."""
    tied: list[tuple[str, str]] = [(LEFT, stage) for stage in stages[:-1]] + [(CAME, stages[-1])]
    return [Sum((what, ALL, stage), tuple((what, group, stage) for group in groups)) for what, stage in tied]


def _breakdown(
    stages: Sequence[str],
    whole: tuple[dict[Hashable, int], list[Sum]],
    groups: Mapping[str, Ends],
    rule: Rule,
    out: Out,
) -> dict[str, Ladder]:
    begins = stages[min((stages.index(stage) for ends in groups.values() for stage in ends), default=0) :]
    counts, sums = dict(whole[0]), list(whole[1])
    for group, ends in groups.items():
        its_counts, its_sums = chain(group, begins, ends)
        counts |= its_counts
        sums += its_sums
    if groups:
        sums += across(begins, groups)
    with_it = {key for key in counts if isinstance(key, tuple) and (key[0], ALL, key[2]) in out.hidden}
    of = _of(counts, begins) | {key: rule.enough for key in counts if _nobody(key, counts, out.hidden)}
    hidden = protect(counts, sums, rule=rule, of=of, out=Out({*out.hidden, *with_it}, set(whole[0]), out.seen))
    return {group: _ladder(group, begins, counts, hidden) for group in groups}


def _of(counts: Mapping[Hashable, int], stages: Sequence[str]) -> dict[Hashable, int]:
    """Those who left after a stage are a part of those who came to it; those who came to one, of who came to the first."""
    found: dict[Hashable, int] = {}
    for key in counts:
        assert isinstance(key, tuple)  # a ladder's keys
        what, group, stage = key
        found[key] = counts[CAME, group, stage if what == LEFT else stages[0]]
    return found


def _nobody(key: Hashable, counts: Mapping[Hashable, int], gone: Collection[Hashable]) -> bool:
    """Is it published that nobody in the whole did?  Then nobody of a group did, and that is no secret."""
    assert isinstance(key, tuple)  # a ladder's keys
    what, _, stage = key
    return counts[what, ALL, stage] == 0 and (what, ALL, stage) not in gone


def _ladder(group: str, stages: Sequence[str], counts: Mapping[Hashable, int], gone: Collection[Hashable]) -> Ladder:
    def told(what: str, some: Sequence[str]) -> dict[str, int | None]:
        return {stage: None if (what, group, stage) in gone else counts[what, group, stage] for stage in some}

    return Ladder(told(CAME, stages), told(LEFT, stages[:-1]))
