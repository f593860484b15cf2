"""The clock of referrals, run by the worker."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.clock import today
from mukana.lib.jobs import daily, every
from mukana.referrals.actions.releasing import release
from mukana.referrals.actions.ticking import tick
from mukana.referrals.actions.unanswered import tell_unanswered


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


@daily(at="08.10", title="Alueet, joilla ei ole ketään")
def tell_of_areas(now: datetime) -> str | None:
    """Open referrals where everybody has left are told to those who can name people."""
    count = tell_unanswered()
    return f"Alueita, joilla ei ole ketään: {count}." if count else None


@daily(at="03.20", title="Lähetteiden luvut")
def release_numbers(now: datetime) -> str | None:
    """Count this year and the last one ahead of whoever looks; most nights last week's numbers still stand."""
    year = today().year
    made = [one.year for one in (release(year), release(year - 1)) if one.made_at >= now]
    return f"Luvut laskettu vuosilta {', '.join(str(one) for one in made)}." if made else None
