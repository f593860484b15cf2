"""Moments as documents write them."""

from __future__ import annotations

from datetime import UTC, datetime

from mukana.lib.moments import as_local


def utc(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with seconds: "2026-11-24T08:00:00Z"; None stays None."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='seconds')[:19]}Z"


def finnish(moment: datetime | None) -> str | None:
    """ISO 8601 in Finnish time with its offset: "2026-11-24T10:00:00+02:00"; None stays None."""
    return None if moment is None else as_local(moment).isoformat(timespec="seconds")


def utc_ms(moment: datetime) -> str:
    """ISO 8601 in UTC with thousandths of a second, cut so that it is never after the moment: "2026-11-24T08:00:00.123Z"."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
