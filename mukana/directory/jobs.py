"""What time asks of the directory."""

from __future__ import annotations

from datetime import datetime

from mukana.directory.actions import occurrences, photographs
from mukana.lib.jobs import daily, every
from mukana.lib.moments import as_local


@daily(at="00.05", title="Tulevien kertojen teko aikatauluista")
def extend_occurrences(now: datetime) -> str | None:
    """Make the coming half year's happenings of every schedule."""
    changed = occurrences.extend(as_local(now).date(), now)
    return f"Tulevat kerrat tehtiin uudelleen {changed} kohteelle." if changed else None


@every(seconds=1, title="Valokuvien pienentäminen")
def make_photographs_ready(_now: datetime) -> str | None:
    """Check and scale the pictures that staff have sent."""
    count = photographs.make_ready()
    return f"Kuvia käsiteltiin {count}." if count else None
