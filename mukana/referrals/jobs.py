"""The clock of referrals, run by the worker."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.jobs import every
from mukana.referrals.actions.ticking import tick


@every(seconds=300, title="Hyvinvointilähetteiden määräajat")
def watch_referrals(now: datetime) -> str | None:
    """Remind, escalate and recall what is due."""
    steps = tick(now).steps
    total = sum(steps.values())
    if not total:
        return None
    return (
        f"Määräaikoja: {total}, niistä muistutuksia {steps['remind']}, siirtoja {steps['escalate']}, takaisin otettuja {steps['recall']}."
    )
