"""Leaving a trace."""

from __future__ import annotations

from typing import Any

from mukana.audit.behalf import current
from mukana.audit.models import Trace
from mukana.audit.rules import READ, name_of
from mukana.lib.clock import now


def record(verb: str, thing: str, *, by: str, on_behalf_of: str = "", **detail: Any) -> Trace:
    """Write down that `by` (a person's id, "system" or "visitor") did `verb` to `thing`, for whom it acts."""
    return Trace.objects.create(at=now(), actor=by, verb=verb, thing=thing, on_behalf_of=on_behalf_of or current(), detail=detail)


def read(thing: object, *, by: object, on_behalf_of: str = "", **detail: Any) -> Trace:
    """Write down that somebody looked at personal data: call it in the view that shows them.

    `thing` is a record or its name ("directory.Feedback:0192…"), `by` a person or its id.  `fields=[…]` tells
    what was shown, `purpose="…"` why.
    """
    return record(READ, name_of(thing), by=str(getattr(by, "pk", by)), on_behalf_of=on_behalf_of, **detail)
