"""I/O: the one place that asks what time it is.

Tests and demos set `MUKANA_NOW` ("2026-11-22T10:00", an offset may follow); it is
read at every call, so that one process can be moved in time.
"""

from __future__ import annotations

import os
from datetime import date, datetime

from mukana.lib.moments import ZONE, as_local


def now() -> datetime:
    """This moment as an aware datetime in Helsinki time.

    Raises ValueError when `MUKANA_NOW` is set but is not an ISO 8601 moment.
    """
    fixed = os.environ.get("MUKANA_NOW", "").strip()
    if fixed:
        return as_local(datetime.fromisoformat(fixed))
    return datetime.now(ZONE)


def today() -> date:
    """The day it is in Finland now."""
    return now().date()
