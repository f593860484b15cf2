"""Writing the history: one row for each fact that changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mukana.audit.actions import record
from mukana.directory.models import Entry
from mukana.upkeep.models import Edit
from mukana.upkeep.rules.codes import Doer


def thing(entry: Entry) -> str:
    """The entry's name in traces and messages."""
    return f"directory.Entry:{entry.pk}"


def remember(entry: Entry, changed: Mapping[str, tuple[Any, Any]], doer: Doer, at: datetime) -> None:
    """Keep before and after of each changed fact."""
    Edit.objects.bulk_create(
        Edit(
            entry=entry, key=key[:60], before=before, after=after, at=at,
            actor=doer.key, actor_name=doer.name[:120], door=doer.door,
        )
        for key, (before, after) in changed.items()
    )  # fmt: skip


def trace(verb: str, entry: Entry, doer: Doer, **detail: Any) -> None:
    """Leave a trace of what was done to the entry."""
    record(verb, thing(entry), by=doer.key, door=doer.door, **detail)
