"""Where a case stands now and what comes next, said to the resident: who does what by when, and whom to ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mukana.lib.clock import now, today
from mukana.lib.dates import day, when
from mukana.lib.moments import as_local
from mukana.referrals.labels import said
from mukana.referrals.models import Placement, Referral, Transition
from mukana.referrals.own_words import MILESTONES, NEXT, PLACES, STANDS
from mukana.referrals.queries.own import Agreed, agreed
from mukana.referrals.queries.taken_back import holds, taken_back_of
from mukana.referrals.rules.cases import ACKNOWLEDGED, LIVE, PLANNED, SENT, WATCHES
from mukana.referrals.rules.clocks import due
from mukana.referrals.wording import ring, spoken

_MILESTONES = ("sent", "in_dialogue", "planned", "scheduled", "first_attended")


@dataclass(frozen=True, slots=True)
class Standing:
    """`late`: somebody should have done something by now."""

    title: str
    sentence: str
    late: bool
    who: str
    phone: str
    reference: str


def standing(case: Referral) -> Standing:
    """What the resident reads first."""
    sentence = _filled(said(NEXT, case.state), case, case.due_at)
    session, promised = _session(agreed(case)) if case.state == PLANNED else None, _promised(case)
    if session is not None and session.session is not None:
        promised = session.session.starts_at
        sentence = _("Menet mukaan: %(what)s, %(when)s.") % {"what": session.placement.entry_name, "when": _when(session)}
    late = case.open and promised is not None and as_local(promised).date() < today()
    return Standing(said(STANDS, case.state), sentence, late, _who(case), ring(case), spoken(case.reference))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way, as look/parts/path.html draws it: done, here or todo."""

    title: str
    text: str
    state: str


def steps(case: Referral) -> list[Step]:
    """The way from the referral to being along; empty when the case has ended or has not begun."""
    if case.state not in LIVE:
        return []
    moved = Transition.objects.filter(referral=case, target__in=_MILESTONES).order_by("-number")
    wrong = taken_back_of(case)
    reached = {row.target: row.at for row in moved if row.source != row.target and holds(wrong, row.thing_id, row.target, row.number)}
    done = [reached.get(code) for code in _MILESTONES]
    last = max((place for place, at in enumerate(done) if at is not None), default=-1)
    here = min(last + 1, len(_MILESTONES) - 1)
    found = []
    for place, code in enumerate(_MILESTONES):
        at = done[place]
        state = "done" if place <= last else "here" if place == here else "todo"
        found.append(Step(said(MILESTONES, code), _day(at) if at else "", state))
    return found


def place_words(placement: Placement, case: Referral) -> str:
    """How it goes with one place."""
    return _filled(said(PLACES, placement.state), case, placement.due_at)


def _filled(sentence: str, case: Referral, due_at: datetime | None) -> str:
    """A date's own full stop ends the sentence too."""
    return (sentence % {"who": _who(case), "day": _day(due_at), "call": _day(_call_by(case))}).replace("..", ".")


def _promised(case: Referral) -> datetime | None:
    """The day the sentence names: until it is past nothing is late to the resident."""
    return _call_by(case) if case.state == SENT else case.due_at


def _call_by(case: Referral) -> datetime | None:
    return due(case.sent_at, WATCHES[ACKNOWLEDGED].limit, urgent=case.urgent) if case.sent_at else None


def _who(case: Referral) -> str:
    return str(case.link_worker or _("linkkihenkilö"))


def _session(places: list[Agreed]) -> Agreed | None:
    return next((one for one in places if one.session is not None), None)


def _when(one: Agreed) -> str:
    assert one.session is not None  # what _session finds
    return when(one.session.starts_at, one.session.ends_at, now(), language=get_language() or "fi")


def _day(moment: datetime | None) -> str:
    return day(moment.date(), now().date(), get_language() or "fi") if moment else ""
