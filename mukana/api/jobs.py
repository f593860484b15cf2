"""What time asks of the open data: the moments of the change feed, and the nightly dumps."""

from __future__ import annotations

from datetime import datetime

from mukana.api.dump.files import folder, write_exchange
from mukana.api.moments import mark
from mukana.lib.jobs import daily, every


@every(seconds=60, title="Avoimen datan muutoshetket")
def mark_moments(now: datetime) -> str | None:
    """Tell each minute how far the feed reaches, so that the moments readers are told are right to a minute."""
    mark()
    return None


@daily(at="02.40", title="Avoimen datan tiedostot", per_node=True)
def write_dumps(now: datetime) -> str | None:
    """The files behind the open data page."""
    return f"Avoimen datan tiedostoissa on {write_exchange(folder())} tietuetta."
