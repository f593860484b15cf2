"""One measured figure beside what it must and what it aims to be, and how a table of them is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class Skipped(Exception):
    """A part that cannot run here, and why."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`less_is_better` for times and sizes; must and aim are None where none is named."""

    name: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    less_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than it must be (under 1: worse)."""
        if self.must is None or not self.value:
            return None
        return self.must / self.value if self.less_is_better else self.value / self.must


HEADING = ("measured", "must", "aim", "is", "times must", "note")


def table(measures: Iterable[Measure]) -> str:
    """A Markdown table, its columns aligned for the terminal too."""
    rows = [HEADING, *map(_row, measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADING))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _row(one: Measure) -> tuple[str, ...]:
    ratio = "" if one.ratio is None else f"{one.ratio:.1f}×"
    return one.name, _number(one.must), _number(one.aim), f"{_number(one.value)} {one.unit}", ratio, one.note


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}".replace(",", " ") if value >= 100 or value == int(value) else f"{value:.3g}"
