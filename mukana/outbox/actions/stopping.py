"""Messages that are not to leave any more: their words and receivers go at once."""

from __future__ import annotations

from django.db.models import QuerySet

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.rules import FAILED, UNKNOWN, WAITING


def stop(rows: QuerySet[Message]) -> int:
    """Those that have not left do not, nor are they tried again: they wait, were tried in vain, or may have gone.  Gives how many."""
    moment = now()
    return rows.filter(state__in=(*WAITING, UNKNOWN), erased_at=None).update(
        state=FAILED, next_at=None, problem="forgotten", text="", subject="", to="", to_tag="", headers={}, lease="",
        erased_at=moment, ended_at=moment,
    )  # fmt: skip
