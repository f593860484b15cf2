"""Leaving a trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mukana.audit.behalf import current
from mukana.audit.models import Trace
from mukana.audit.rules import READ, name_of
from mukana.lib.clock import now
from mukana.lib.quickrows import insert_row


def record(verb: str, thing: str, *, by: str, on_behalf_of: str = "", **detail: Any) -> Trace:
    """Write down that `by` (a person's id, "system" or "visitor") did `verb` to `thing`, for whom it acts."""
    return insert_row(Trace(at=now(), actor=by, verb=verb, thing=thing, on_behalf_of=on_behalf_of or current(), detail=detail))


def read(thing: object, *, by: object, on_behalf_of: str = "", **detail: Any) -> Trace:
    """Write down that somebody looked at personal data: call it in the view that shows them.

    `thing` is a record or its name ("directory.Feedback:0192…"), `by` a person or its id.  `fields=[…]` tells
    what was shown, `purpose="…"` why.
    """
    return record(READ, name_of(thing), by=str(getattr(by, "pk", by)), on_behalf_of=on_behalf_of, **detail)


def read_all(things: Iterable[object], *, by: object, **detail: Any) -> int:
    """The same for every record that a page shows, written at once: one trace for each.  Gives how many."""
    moment, actor, behalf = now(), str(getattr(by, "pk", by)), current()
    rows = [
        Trace(at=moment, actor=actor, verb=READ, thing=name, on_behalf_of=behalf, detail=detail)
        for name in {name_of(one) for one in things}
    ]
    return len(Trace.objects.bulk_create(rows))
