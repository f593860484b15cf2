"""Who wants to hear that entries or their dates have changed: `changed.listen(function)` in an upper app's AppConfig."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mukana.lib.listeners import Listeners


@dataclass(frozen=True, slots=True)
class Changed:
    """What goes on the feed: which entries, how (created, updated, removed), when."""

    entries: frozenset[UUID]
    kind: str
    at: datetime


changed: Listeners[Changed] = Listeners()
