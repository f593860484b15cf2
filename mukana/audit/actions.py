"""Leaving a trace."""

from __future__ import annotations

from typing import Any

from mukana.audit.models import Trace
from mukana.lib.clock import now


def record(verb: str, thing: str, *, by: str, on_behalf_of: str = "", **detail: Any) -> Trace:
    """Write down that `by` (a person's id, "system" or "visitor") did `verb` to `thing`."""
    return Trace.objects.create(at=now(), actor=by, verb=verb, thing=thing, on_behalf_of=on_behalf_of, detail=detail)
