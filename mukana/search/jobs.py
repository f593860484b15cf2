"""The index follows the directory."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.jobs import every
from mukana.search.actions import catch_up


@every(seconds=1, title="Muutosten vienti hakuun", per_node=True)
def follow_changes(_now: datetime) -> str | None:
    """Take changes into this machine's index; when somebody else holds it, the next round does it."""
    written = catch_up(wait=False)
    return f"Hakuun vietiin {written} kohdetta." if written else None
