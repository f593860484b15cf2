"""The case: from a draft to its end, as a table, with the clock of every open state."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mukana.lib.holidays import is_working_day
from mukana.referrals.rules.clocks import ESCALATE, REMIND, RESUME, TELL, WAKE, Step, Watch, days, wd
from mukana.referrals.rules.codes import (
    ALWAYS_CLOSABLE,
    COORDINATOR,
    DEPUTY,
    LEAD,
    LINK_WORKER,
    OUTCOMES,
    REFERRER,
    Refused,
)
from mukana.referrals.rules.machine import machine, moves

DRAFT, AWAITING, SENT, ACKNOWLEDGED, CONTACTING = "draft", "awaiting_confirmation", "sent", "acknowledged", "contacting"
IN_DIALOGUE, UNREACHABLE, PLANNED, ACTIVE, PAUSED = "in_dialogue", "unreachable", "planned", "active", "paused"
FOLLOW_UP, CLOSED, WITHDRAWN, CANCELLED, ERROR = "follow_up", "closed", "withdrawn", "cancelled", "entered_in_error"

FINAL = (CLOSED, WITHDRAWN, CANCELLED, ERROR)
FIRST_CALL = frozenset({SENT, ACKNOWLEDGED, CONTACTING})  # the resident waits for the first call
SHUT = frozenset({WITHDRAWN, ERROR})  # nobody is shown anything of the resident any more
_BEFORE_SENT = "draft awaiting_confirmation"
_WORKED = "sent acknowledged contacting in_dialogue unreachable planned active follow_up"
_OPEN = f"{_BEFORE_SENT} {_WORKED} paused"
_WORKERS = "link_worker coordinator"

CASE = machine(
    "case",
    (DRAFT,),
    FINAL,
    [
        *moves("draft", "awaiting_confirmation", "proxy"),
        *moves("draft", "sent", "referrer resident link_worker coordinator"),
        *moves("awaiting_confirmation", "sent", "resident"),
        *moves("sent", "acknowledged", "coordinator"),
        *moves("sent acknowledged", "sent", "coordinator", reason=True),
        *moves("acknowledged", "contacting", _WORKERS),
        *moves("acknowledged contacting", "in_dialogue", "link_worker coordinator resident"),
        *moves("contacting", "unreachable", _WORKERS),
        *moves("unreachable", "in_dialogue", "resident link_worker coordinator"),
        *moves("in_dialogue", "planned", _WORKERS),
        *moves("planned", "active", "system link_worker"),
        *moves("planned active", "in_dialogue", "system link_worker"),
        *moves("active", "planned", "system", reason=True),  # the only first visit turned out to be a wrong mark
        *moves(_WORKED, "paused", "link_worker coordinator resident", reason=True),
        *moves("paused", _WORKED.split(maxsplit=1)[0], "link_worker coordinator resident system"),
        *(move for state in _WORKED.split()[1:] for move in moves("paused", state, "link_worker coordinator resident system")),
        *moves("active planned", "follow_up", _WORKERS),
        *moves("follow_up", "in_dialogue", "resident link_worker coordinator"),
        *moves(_OPEN, "closed", _WORKERS, reason=True),
        *moves(_OPEN, "withdrawn", "resident proxy"),
        *moves("draft sent", "cancelled", "referrer", reason=True),
        *moves("closed", "in_dialogue", "coordinator resident"),
        *moves(f"{_OPEN} closed withdrawn cancelled", "entered_in_error", "coordinator", reason=True),
    ],
)
CLOSABLE = frozenset({ACKNOWLEDGED, IN_DIALOGUE, ACTIVE, FOLLOW_UP, UNREACHABLE})
LIVE = frozenset(_WORKED.split()) | {PAUSED}  # sent and not ended
CAN_OFFER = frozenset({IN_DIALOGUE, PLANNED, ACTIVE, FOLLOW_UP})

WATCHES: dict[str, Watch] = {
    DRAFT: Watch(REFERRER, days(14), (Step(days(7), REMIND),)),
    AWAITING: Watch(REFERRER, wd(10), (Step(wd(5), REMIND), Step(wd(10), ESCALATE, COORDINATOR))),
    SENT: Watch(COORDINATOR, wd(2), (Step(wd(1), REMIND), Step(wd(2), ESCALATE, DEPUTY), Step(wd(4), ESCALATE, LEAD))),
    ACKNOWLEDGED: Watch(LINK_WORKER, wd(5, 1), (Step(wd(4, 1), REMIND), Step(wd(6, 2), TELL, COORDINATOR))),
    CONTACTING: Watch(LINK_WORKER, wd(2), (Step(wd(2), REMIND), Step(wd(4), TELL, COORDINATOR))),
    IN_DIALOGUE: Watch(LINK_WORKER, wd(10), (Step(wd(8), REMIND), Step(wd(12), TELL, COORDINATOR))),
    UNREACHABLE: Watch(LINK_WORKER, wd(20, 20), (Step(wd(20, 20), REMIND),)),
    PLANNED: Watch(LINK_WORKER, wd(15), (Step(wd(15), REMIND), Step(wd(20), TELL, COORDINATOR))),
    ACTIVE: Watch(LINK_WORKER, wd(20, 20), (Step(wd(20, 20), REMIND),)),
    PAUSED: Watch(LINK_WORKER, wd(0), (Step(wd(-5), WAKE), Step(wd(0), RESUME))),
    FOLLOW_UP: Watch(LINK_WORKER, wd(2, 2), (Step(wd(0), REMIND), Step(wd(4, 4), TELL, COORDINATOR))),
}
BACK_TO_TALK = wd(2)  # no live placement left: what next?
LONGEST_PAUSE = timedelta(days=90)
REOPEN_WITHIN = timedelta(days=365)
FOLLOW_UPS_MONTHS = (1, 3, 6)
MOST_REDIRECTS = 2

PAUSE_REASONS = ("hospital", "wish", "travel", "caring", "other")
CANCEL_REASONS = ("mistake", "resident_changed_mind", "other_help", "other")
ERROR_REASONS = ("wrong_person", "test", "twice", "other")
REDIRECT_REASONS = ("other_municipality", "other_unit", "moved", "other")


def check_close(state: str, outcome: str, *, follow_ups_left: int) -> None:
    """May the case end so?  Raises Refused; the clock never asks."""
    if outcome not in OUTCOMES:
        raise Refused("unknown_outcome", outcome=outcome)
    if outcome in ALWAYS_CLOSABLE or (state == AWAITING and outcome == "unreachable"):
        return
    if state not in CLOSABLE:
        raise Refused("not_closable", state=state)
    if state == UNREACHABLE and outcome not in ("unreachable", "declined_by_resident"):
        raise Refused("unknown_outcome", outcome=outcome)
    if state == FOLLOW_UP and follow_ups_left and outcome not in ("declined_by_resident", "handed_to_health_or_social_care"):
        raise Refused("follow_up_left", left=follow_ups_left)


def check_unreachable_over(state: str, due_at: datetime, now: datetime, outcome: str) -> None:
    """Who has not been reached may still answer until the time is over.  Raises Refused."""
    if state in (UNREACHABLE, AWAITING) and outcome == "unreachable" and now < due_at:
        raise Refused("call_back_time", until=due_at)


def check_pause(until: date, today: date) -> None:
    """A pause ends within ninety days.  Raises Refused."""
    if not today < until <= today + LONGEST_PAUSE:
        raise Refused("pause_too_long", until=until)


def check_redirect(redirects: int) -> None:
    """Nobody is sent round and round: after two, the area's lead decides.  Raises Refused."""
    if redirects >= MOST_REDIRECTS:
        raise Refused("redirected_enough", redirects=redirects)


def check_reopen(closed_at: datetime, now: datetime) -> None:
    """Within a year the same case goes on; later it is a new one.  Raises Refused."""
    if now - closed_at > REOPEN_WITHIN:
        raise Refused("too_old_to_reopen")


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to `end`."""
    return sum(1 for offset in range(1, (end - start).days + 1) if is_working_day(start + timedelta(days=offset)))
