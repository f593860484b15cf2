"""Asking in its time: requests, reminders, and a word to those whose entry professionals no longer see."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.jobs import daily
from mukana.lib.moments import as_local
from mukana.upkeep.actions.asking import ask_due, tell_expired
from mukana.upkeep.queries.work import waiting


@daily(at="09.00", title="Vahvistuspyynnöt järjestäjille")
def ask_organisers(now: datetime) -> str | None:
    """Ask and remind everybody whose time has come."""
    today = as_local(now).date()
    rows = waiting(today)
    asked, told = ask_due(rows), tell_expired(rows, today)
    if not asked and not told:
        return None
    return f"Vahvistuspyyntöjä {asked}, tietoja näkyvyyden päättymisestä {told}."
