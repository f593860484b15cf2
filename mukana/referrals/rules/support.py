"""A support person's assignment: needed, offered to one at a time, met, accompanied, tapered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mukana.referrals.rules.clocks import ERRAND, REMIND, TELL, Step, Watch, wd
from mukana.referrals.rules.codes import COMPANION, COMPANIONS, COORDINATOR, LINK_WORKER, Refused
from mukana.referrals.rules.machine import machine, moves

NEEDED, OFFERED, ACCEPTED, MET, ACCOMPANIED = "needed", "offered", "accepted", "met", "accompanied"
NOT_ACCOMPANIED, TAPERING, ENDED, CALLED_OFF = "not_accompanied", "tapering", "ended", "called_off"
_STAFF = "companions link_worker coordinator"

SUPPORT = machine(
    "support",
    (NEEDED,),
    (ENDED, CALLED_OFF),
    [
        *moves("needed", "offered", _STAFF),
        *moves("offered", "accepted", "companion"),
        *moves("offered", "needed", "companion system companions", reason=True),  # declined, expired
        *moves("accepted", "met", f"companion resident {_STAFF}"),
        *moves("met accepted tapering", "accompanied", f"companion resident {_STAFF}"),
        *moves("accompanied", "accompanied", f"companion resident {_STAFF}"),
        *moves("met accepted", "not_accompanied", f"companion resident {_STAFF}", reason=True),
        *moves("accepted met accompanied tapering", "needed", f"companion resident {_STAFF}", reason=True),  # released
        *moves("not_accompanied", "needed", _STAFF),
        # Only a person who has heard both goes these ways: the companion and the resident told different things.
        *moves("not_accompanied", "accompanied", _STAFF, reason=True),
        *moves("accompanied", "not_accompanied", _STAFF, reason=True),
        *moves("accompanied", "tapering", _STAFF),
        *moves("accompanied tapering not_accompanied", "ended", f"companion resident {_STAFF}"),
        *moves("needed offered accepted met not_accompanied accompanied tapering", "called_off", f"resident system {_STAFF}", reason=True),
    ],
)
WATCHES: dict[str, Watch] = {
    NEEDED: Watch(COMPANIONS, wd(2), (Step(wd(2), REMIND), Step(wd(3), TELL, LINK_WORKER))),
    OFFERED: Watch(COMPANION, wd(1), (Step(wd(1), ERRAND, "expire"),)),
    ACCEPTED: Watch(COMPANION, wd(-1), (Step(wd(-1), REMIND), Step(wd(0), TELL, LINK_WORKER))),  # of the session
    MET: Watch(COMPANION, wd(1), (Step(wd(1), REMIND), Step(wd(2), TELL, LINK_WORKER))),  # of the session
    ACCOMPANIED: Watch(LINK_WORKER, wd(15), (Step(wd(15), REMIND),)),
    NOT_ACCOMPANIED: Watch(COMPANIONS, wd(2), (Step(wd(1), REMIND), Step(wd(2), TELL, COORDINATOR))),
    TAPERING: Watch(LINK_WORKER, wd(20), (Step(wd(20), REMIND),)),
}
HAS_COMPANION = frozenset({OFFERED, ACCEPTED, MET, ACCOMPANIED, TAPERING})
MAY_SEE = frozenset({ACCEPTED, MET, ACCOMPANIED, TAPERING})
OFFER_STATES = ("offered", "accepted", "declined", "expired", "released")
LATE_RELEASE = timedelta(hours=24)
VIEW_AFTER = timedelta(days=7)
REVIEW_AFTER_VISITS = 3
TAPER = ("along", "door", "phone")  # comes along, meets at the door, rings
CANDIDATES = 3
REASONS = (
    "declined", "expired", "released", "ill", "no_transport", "resident_cancelled", "case_ended", "withdrawn", "no_show", "not_there",
    "other",
)  # fmt: skip


def view_until(last_session: datetime | None, ended_at: datetime | None) -> datetime | None:
    """Until when the companion sees anything; None: as long as it is open."""
    return ended_at + VIEW_AFTER if ended_at else None if last_session is None else last_session + VIEW_AFTER


def check_met(met_at: datetime, session_at: datetime) -> None:
    """They meet or ring at least a day before the session.  Raises Refused."""
    if met_at.date() > session_at.date() - timedelta(days=1):
        raise Refused("met_too_late")


def check_vetted(vetted_on: date | None, pledged_on: date | None, valid_years: int, today: date) -> None:
    """Vetting holds for so many years; a pledge of confidentiality holds once given.  Raises Refused."""
    if pledged_on is None or pledged_on > today:
        raise Refused("no_pledge")
    if vetted_on is None or not vetted_on <= today < vetted_until(vetted_on, valid_years):
        raise Refused("not_vetted")


def vetted_until(vetted_on: date, valid_years: int) -> date:
    """The first day on which the vetting does not hold any more."""
    return vetted_on.replace(year=vetted_on.year + valid_years, day=min(vetted_on.day, 28))


CAME, AWAY, STAYED = "came", "away", "stayed"  # the resident's word: the companion came, did not, I was not there myself
ALONG, COULD_NOT, NO_SHOW = "along", "could_not", "no_show"  # the companion's: we were together, I was not there, they were not
OWN_WORDS, THEIR_WORDS = (CAME, AWAY, STAYED), (ALONG, COULD_NOT, NO_SHOW)
OWN = "own_"  # in front of the resident's word in the history
DECIDED = "decided"  # a person has heard both
ASK_AFTER = timedelta(hours=2)  # from the end of the visit, when the companion is silent
ASK_WITHIN = timedelta(days=7)
ASK_HOURS = range(9, 20)  # nobody is asked at night


def agree(theirs: str, own: str) -> bool:
    """Do the companion's word and the resident's fit together?  Who was not there tells nothing of a companion who was not either."""
    return (theirs, own) in {(ALONG, CAME), (COULD_NOT, AWAY), (COULD_NOT, STAYED), (NO_SHOW, STAYED)}
