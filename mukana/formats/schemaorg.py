"""schema.org's words for days and states, which Linked Events and OpenActive use too."""

from __future__ import annotations

DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
STATUS = {
    "scheduled": "EventScheduled", "cancelled": "EventCancelled", "postponed": "EventPostponed", "rescheduled": "EventRescheduled",
}  # fmt: skip
