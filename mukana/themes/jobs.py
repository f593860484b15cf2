"""Every machine keeps its own file of the themes up to date."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.jobs import every
from mukana.themes.snapshot import write


@every(seconds=30, title="Ulkoasujen vienti sivuille", per_node=True)
def follow_themes(_now: datetime) -> str | None:
    """Write the file when the database tells otherwise."""
    return "Ulkoasut vietiin sivuille." if write() else None
