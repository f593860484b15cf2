"""Tables that wait to be brought in."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

from mukana.importers.models import Upload
from mukana.importers.queries import due
from mukana.importers.undoing import take_undoing
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


@every(seconds=1, title="Tuontien peruminen")
def undo_imports(_now: datetime) -> str | None:
    """Undo the imports that staff have asked to be undone."""
    count = 0
    while take_undoing():
        count += 1
    return f"Tuonteja peruttiin {count}." if count else None


_children: list[subprocess.Popen[bytes]] = []


@every(seconds=30, title="Lähteiden haku ajallaan")
def fetch_due_sources(now: datetime) -> str | None:
    """Fetch every source whose time has come, in a process of its own: a source that hangs keeps nobody else waiting."""
    _children[:] = [child for child in _children if child.poll() is None]
    waiting = len(due(now))
    if _children or not waiting:
        return None
    _children.append(subprocess.Popen([sys.executable, "-m", "mukana.config.cli", "fetch", "--due"]))
    return f"Haettavia lähteitä {waiting}."
