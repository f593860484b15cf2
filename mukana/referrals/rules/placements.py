"""A placement: an offer to one receiver, and what came of it."""

from __future__ import annotations

from mukana.attendance.rules import MISSED, WHYS, Standing
from mukana.referrals.rules.clocks import ERRAND, LAPSE, RECALL, REMIND, TELL, Step, Watch, days, wd
from mukana.referrals.rules.codes import COORDINATOR, DECLINE_REASONS, LINK_WORKER, RECEIVER, RESIDENT_REASONS, Refused
from mukana.referrals.rules.machine import machine, moves

PROPOSED, REQUESTED, ACCEPTED, DECLINED, WAITLISTED = "proposed", "requested", "accepted", "declined", "waitlisted"
RECALLED, SCHEDULED, FIRST_ATTENDED, MISSED_FIRST = "recalled", "scheduled", "first_attended", "missed_first"
SESSION_CANCELLED, ATTENDING, LAPSED, ENDED = "session_cancelled", "attending", "lapsed", "ended"

_STAFF = "link_worker coordinator"
_MARKERS = "receiver companion resident link_worker coordinator system"
_CAME = "first_attended attending lapsed"
_OPEN = "proposed requested accepted waitlisted scheduled first_attended missed_first session_cancelled attending lapsed"

PLACEMENT = machine(
    "placement",
    (PROPOSED,),
    (DECLINED, RECALLED, ENDED),
    [
        *moves("proposed", "requested", _STAFF),
        *moves("requested", "accepted", "receiver"),
        *moves("requested waitlisted", "declined", "receiver", reason=True),
        *moves("requested", "waitlisted", "receiver"),
        *moves(_OPEN, "recalled", "link_worker coordinator system resident", reason=True),
        *moves("accepted waitlisted", "scheduled", f"receiver {_STAFF}"),
        *moves("scheduled", "first_attended", _MARKERS),
        *moves("scheduled", "missed_first", _MARKERS),
        *moves("missed_first", "first_attended", _MARKERS),
        *moves("scheduled", "session_cancelled", f"receiver {_STAFF} system"),
        *moves("missed_first session_cancelled", "scheduled", f"receiver {_STAFF}"),
        *moves("first_attended", "attending", "system"),
        *moves("attending first_attended", "lapsed", "system"),
        *moves("lapsed", "attending", f"receiver {_STAFF} system"),
        *moves("lapsed attending first_attended missed_first session_cancelled", "ended", f"receiver resident {_STAFF}", reason=True),
        # Only a wrong mark that is put right goes these ways: `after_correction` says which.
        *moves(f"{_CAME} session_cancelled", "missed_first", f"receiver {_STAFF}", reason=True),
        *moves(f"{_CAME} missed_first", "session_cancelled", f"receiver {_STAFF}", reason=True),
        *moves("session_cancelled attending lapsed", "first_attended", f"receiver {_STAFF}", reason=True),
    ],
)
LIVE = PLACEMENT.open - {PROPOSED}  # somebody outside knows of it
KNOWS_NAME = PLACEMENT.open - {PROPOSED, REQUESTED}  # after the yes, and on the waiting list
REACHED_FIRST = frozenset({FIRST_ATTENDED, ATTENDING, LAPSED})

ASK_WANTED = "still_wanted"
_WANTED = tuple(Step(days(30 * n), ERRAND, ASK_WANTED) for n in range(1, 13))  # a year long, by the resident's own channel
WATCHES: dict[str, Watch] = {
    PROPOSED: Watch(LINK_WORKER, wd(5), (Step(wd(5), REMIND),)),
    REQUESTED: Watch(RECEIVER, wd(3), (Step(wd(2), REMIND), Step(wd(4), ERRAND, "ring_receiver"), Step(wd(6), RECALL, "silent"))),
    ACCEPTED: Watch(RECEIVER, wd(5), (Step(wd(4), REMIND), Step(wd(5), ERRAND, "ring_receiver"), Step(wd(8), TELL, COORDINATOR))),
    WAITLISTED: Watch(LINK_WORKER, days(30), (Step(wd(20, 20), ERRAND, "offer_alternative"), *_WANTED)),
    SCHEDULED: Watch(RECEIVER, wd(2, 2), (Step(wd(2, 2), REMIND), Step(wd(4, 4), ERRAND, "ring_receiver"))),
    MISSED_FIRST: Watch(LINK_WORKER, wd(2), (Step(wd(2), REMIND), Step(wd(4), TELL, COORDINATOR))),
    SESSION_CANCELLED: Watch(LINK_WORKER, wd(5), (Step(wd(3), REMIND), Step(wd(5), TELL, COORDINATOR))),
    FIRST_ATTENDED: Watch(LINK_WORKER, days(30), (Step(days(30), LAPSE),)),
    ATTENDING: Watch(LINK_WORKER, days(30), (Step(days(30), LAPSE),)),
    LAPSED: Watch(LINK_WORKER, wd(3), (Step(wd(3), REMIND), Step(wd(6), TELL, COORDINATOR))),
}
HOLD_WITHIN = wd(15)  # the first session is held within this, or when the next group starts
ACT_ON_DECLINE = wd(2)
MOST_REBOOKINGS = 2
SILENCES_TO_DOUBT = 2  # so many offers recalled for silence make the entry doubtful
COPY_KEPT_DAYS = 30  # a receiver sees an ended placement so long
RECALL_REASONS = ("silent", "changed_plan", "resident_declined", "withdrawn", "case_ended", "entry_gone", "other")
END_REASONS = ("ended_well", "moved_on", *RESIDENT_REASONS)


CORRECTIONS = tuple(f"mark_{why}" for why in WHYS)  # reasons of a move that puts a wrong mark right
UNDONE = frozenset({MISSED_FIRST, SESSION_CANCELLED})  # whoever goes here from having come never came


def after_correction(state: str, result: str, now: Standing, *, was_regular: bool, last: bool) -> str:
    """Where a placement goes when a mark has been put right to `result`; "" when it stays as it is.

    Who has been there once has come, whichever day it was; who has not has missed the first session or told of an obstacle.
    `last`: the mark is of the last session that was agreed.
    """
    if not now.visits:
        target = MISSED_FIRST if result == MISSED else SESSION_CANCELLED
        moves_on = state in REACHED_FIRST or (last and state in UNDONE)
        return target if moves_on and target != state else ""
    if state in (*UNDONE, SCHEDULED):
        return FIRST_ATTENDED
    if now.lapsed:
        return "" if state == LAPSED else LAPSED
    wanted = ATTENDING if now.regular else FIRST_ATTENDED
    keeps = state == ATTENDING and not was_regular  # a person said so, or they came back: no count made them one of the group
    return "" if keeps or wanted == state else wanted


def check_reason(target: str, reason: str) -> None:
    """Reasons are codes, so that they can be counted.  Raises Refused."""
    known = {DECLINED: DECLINE_REASONS, RECALLED: RECALL_REASONS, ENDED: END_REASONS}.get(target)
    if known is not None and reason not in known:
        raise Refused("unknown_reason", reason=reason)


def check_rebooking(missed: int) -> None:
    """After the second miss people talk before anything is booked.  Raises Refused."""
    if missed >= MOST_REBOOKINGS:
        raise Refused("talk_first", missed=missed)
