"""The night's removing."""

from __future__ import annotations

from datetime import datetime

from mukana.audit.actions.retention import run
from mukana.lib.jobs import daily


@daily(at="03.10", title="Säilytysaikojen mukainen poisto")
def remove_what_is_old(now: datetime) -> str | None:
    """Run the confirmed rules."""
    counts = run(now)
    return f"Poistettiin tai tehtiin nimettömäksi {sum(counts.values())} riviä." if counts else None
