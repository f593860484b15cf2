"""Writing down what was done and looked at."""

from __future__ import annotations

from mukana.audit.actions.traces import read, read_all, record

__all__ = ["read", "read_all", "record"]
