"""What an import did, row by row where a row was refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

KEPT_REFUSALS = 200_000  # a source of nothing but bad rows must not fill the memory
STORED_REFUSALS = 10_000  # of one run, for the staff's page


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken in: its number in the source, its id and a Finnish sentence."""

    row: int
    id: str
    reason: str


@dataclass(slots=True)
class Report:
    """Counts of rows; read = created + updated + unchanged + len(rejected)."""

    source: str
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Refusal] = field(default_factory=list)
    rejected_count: int = 0
    noticed: list[Refusal] = field(default_factory=list)  # rows that were taken in without something they told
    duplicates_suggested: int = 0
    problem: str = ""  # the source broke off: why, in Finnish

    def refuse(self, row: int, row_id: str, reason: str) -> None:
        """Count a refused row and keep its reason (the first 200,000)."""
        self.rejected_count += 1
        if len(self.rejected) < KEPT_REFUSALS:
            self.rejected.append(Refusal(row, row_id, reason))

    def notice(self, row: int, row_id: str, what: str) -> None:
        """Keep what was left out of a row that was taken in (the first 200,000)."""
        if len(self.noticed) < KEPT_REFUSALS:
            self.noticed.append(Refusal(row, row_id, what))

    def as_json(self) -> dict[str, Any]:
        """The report as `mukana import --report` writes it."""
        return asdict(self)


def outcome(name: str, report: Report) -> str:
    """The counts of a source's run in one Finnish sentence; what was wrong when it broke off."""
    if report.problem:
        return f"{name}: {report.problem}"
    return (
        f"{name}: luettu {report.read}, uusia {report.created}, päivitettyjä {report.updated}, "
        f"ennallaan {report.unchanged}, hylättyjä {report.rejected_count}."
    )
