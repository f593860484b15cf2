"""What time asks of pairs."""

from __future__ import annotations

from datetime import datetime

from mukana.duplicates.actions import suggest
from mukana.lib.jobs import daily


@daily(at="02.30", title="Samojen asioiden etsintä")
def look_for_duplicates(now: datetime) -> str | None:
    """Compare everything with everything once a night: organisers' own entries come between imports."""
    found = suggest(now)
    return f"Uusia mahdollisia pareja {found}." if found else None
