"""The states of a contact request at one organiser."""

from __future__ import annotations

WAITING, ANSWERED, DECLINED = "waiting", "answered", "declined"
STATES = (WAITING, ANSWERED, DECLINED)
KEPT_DAYS = 60
