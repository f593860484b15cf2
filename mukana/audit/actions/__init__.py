"""Writing down what was done and looked at."""

from __future__ import annotations

from mukana.audit.actions.traces import read, record

__all__ = ["read", "record"]
