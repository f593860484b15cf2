"""What a question became: slots of leaves, boosts and what was understood.  Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

WEIGHTY = 0.3  # slots that weigh less are words such as "haluan"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One term that may answer a slot.

    `field` is "" for the text zones, else the code field the term stands in.
    `kind` and `found` make the reason shown: word, synonym, need, place, audience, spelling.
    """

    term: str
    weight: float
    kind: str = "word"
    found: str = ""
    field: str = ""


@dataclass(frozen=True)
class Slot:
    """One thing asked.  The best leaf counts, the others a little; `sums` add up (parts of a compound)."""

    asked: str
    leaves: tuple[Leaf, ...]
    weight: float = 1.0
    sums: tuple[Leaf, ...] = ()
    lemmas: tuple[str, ...] = ()  # base forms asked, for finding words of the same stem
    place: bool = False  # a municipality: by itself weak evidence

    @cached_property
    def all_leaves(self) -> tuple[Leaf, ...]:
        """Every leaf, the strongest first."""
        return tuple(sorted(self.leaves + self.sums, key=lambda leaf: (-leaf.weight, leaf.term)))


@dataclass(frozen=True, slots=True)
class Plan:
    """`slots` must be answered (at least one of them); `boosts` only lift.

    `near`: lat, lon of the place named; `unknown`: words as typed that no entry and no concept holds.
    """

    slots: tuple[Slot, ...] = ()
    boosts: tuple[Slot, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)
    near: tuple[float, float] | None = None
    unknown: tuple[str, ...] = ()
