"""Time's own work: look for what is new, tell of it, forget what nobody confirmed."""

from __future__ import annotations

from datetime import datetime

from mukana.alerts.actions.keeping import forget_unconfirmed
from mukana.alerts.actions.matching import match
from mukana.alerts.actions.telling import tell_due
from mukana.lib.jobs import every


@every(seconds=30, title="Uudet kohteet hakuvahteihin")
def find_news(now: datetime) -> str | None:
    """Which changed entries are new to whose search."""
    found = match(now)
    return f"Uusia osumia hakuvahteihin {found}." if found else None


@every(seconds=60, title="Hakuvahtien viestit")
def tell_news(now: datetime) -> str | None:
    """Send what is due."""
    sent = tell_due(now)
    return f"Hakuvahtien viestejä {sent}." if sent else None


@every(seconds=3600, title="Vahvistamattomien hakuvahtien poisto")
def forget(now: datetime) -> str | None:
    """Erase what nobody confirmed in three days."""
    gone = forget_unconfirmed(now)
    return f"Poistettiin {gone} vahvistamatonta hakuvahtia." if gone else None
