"""Tables that wait to be brought in."""

from __future__ import annotations

from datetime import datetime

from mukana.importers.models import Upload
from mukana.importers.uploads import take_back, take_one
from mukana.lib.jobs import every


@every(seconds=1, title="Lähetettyjen taulukoiden tuonti")
def bring_in_tables(_now: datetime) -> str | None:
    """Bring in every waiting table; one whose worker ended goes back in the queue, since only one runs this at a time."""
    if not Upload.objects.filter(state__in=("waiting", "running")).exists():
        return None
    take_back()
    count = 0
    while take_one():
        count += 1
    return f"Taulukoita tuotiin {count}." if count else None
