"""Somebody to come along: looked for, asked one at a time, met, thanked; replaced when they cannot."""

from __future__ import annotations

from datetime import timedelta

from mukana.audit.actions import read
from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, row_of, update_row
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask
from mukana.referrals.actions.moving import CHAIN, Change, Clock, Step, chained, locked_case, move, set_clock
from mukana.referrals.actions.telling import companion_url, digest, new_token, tell_companion
from mukana.referrals.models import Companion, Placement, Session, Support, SupportOffer
from mukana.referrals.queries.companions import obstacles_of
from mukana.referrals.queries.seeing import is_permitted, view_for
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.clocks import wd
from mukana.referrals.rules.codes import COMPANION, SYSTEM_DEED, Deed, Refused

_OPEN = Composed(lambda: Support.objects.filter(placement=Hole("placement"), state__in=rules.SUPPORT.open))
_HELD = Composed(lambda: Support.objects.filter(placement=Hole("placement"), state__in=(rules.OFFERED, rules.ACCEPTED, rules.MET)))
_ASKED = Composed(lambda: SupportOffer.objects.filter(digest=Hole("digest")))
_OFFERED = Composed(lambda: SupportOffer.objects.filter(support=Hole("support"), state="offered"))
_PLACES = Composed(lambda: Session.objects.filter(placement=Hole("placement")).order_by("-starts_at").values_list("place", flat=True))


@whole
def need_companion(placement: Placement, session: Session, deed: Deed) -> Support:
    """An assignment for the session; an open one moves to the new date."""
    case = locked_case(placement)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at or session.starts_at + timedelta(hours=1)}
    standing = _OPEN.first(placement=placement.pk)
    if standing is not None:
        Support.objects.filter(pk=standing.pk).update(**times)
        held = standing.state in (rules.ACCEPTED, rules.MET) and standing.starts_at is not None and standing.starts_at <= now()
        if held or standing.state == rules.NOT_ACCOMPANIED:  # nobody has told of company: it is asked for anew
            _back(standing, "other", Deed(deed.by, "link_worker", deed.channel))
        return standing
    made = Support(placement=placement, state=rules.NEEDED, **times)
    set_clock(made, case, Clock(), now())
    insert_row(made)
    insert_row(chained(case, Step("support", made.pk, "", rules.NEEDED), deed, now()))
    update_row(case, CHAIN)
    return made


@whole
def offer(support: Support, companion: Companion, deed: Deed, *, backup: Companion | None = None) -> str:
    """A person asks one companion.  Gives the link's secret.  Raises Refused: every hard filter holds here too."""
    case = support.placement.referral
    if not is_permitted(case, "companion", now()):
        raise Refused("no_permission_for_companion")
    if found := obstacles_of(companion, support):
        raise Refused("not_eligible", obstacles=found)
    token, kept = new_token()
    if not move(support, rules.OFFERED, deed, Change(facts={"companion": companion, "backup": backup})):
        return ""
    insert_row(SupportOffer(support=support, companion=companion, digest=kept, at=now()))
    at = support.starts_at or now()
    place = _PLACES.first(placement=support.placement_id) or ""
    words = wording.companion_offer(support.placement.entry_name, at, place, companion_url(token))
    tell_companion(case, companion, words, valid_until=support.due_at or at)
    return token


@whole
def answer(token: str, *, yes: bool, deed: Deed | None = None) -> Support:
    """The companion's yes or no, by link (or by phone, with staff's deed).  Raises Refused: unknown, answered."""
    made = _ASKED.first(digest=digest(token))
    if made is None:
        raise Refused("unknown")
    return answer_offer(made, yes=yes, deed=deed or by_link(token))


@whole
def answer_offer(offered: SupportOffer, *, yes: bool, deed: Deed) -> Support:
    """The same of an offer at hand: a text message, or a call that staff write down.  Raises Refused: answered."""
    made = row_of(SupportOffer, offered.pk, lock=True)
    if made.state != "offered":
        raise Refused("answered", state=made.state)
    if yes:
        move(made.support, rules.ACCEPTED, deed, Change(clock=Clock(since=made.support.starts_at)))
    else:
        _back(made.support, "declined", deed)
    _end_offer(made, "accepted" if yes else "declined")
    return made.support


def by_link(token: str, key: str = "") -> Deed:
    """The companion's own deed, through the link."""
    return Deed(f"link:{digest(token)[:16]}", COMPANION, "link", key)


@whole
def take_back_ask(support: Support, deed: Deed) -> Support:
    """Whoever asks thinks again: the question is closed, who was asked is told.  Raises Refused."""
    for made in support.offers.filter(state="offered"):
        _end_offer(made, "released")
    _tell_off(support)
    _back(support, "other", deed)
    return support


@whole
def look_again(support: Support, deed: Deed) -> Support:
    """Nobody was along: somebody is looked for anew.  Raises Refused."""
    support.offers.filter(state="accepted").update(state="released", answered_at=now())
    _back(support, "other", deed)
    return support


@whole
def expire(support: Support) -> Support:
    """Nobody answered within a working day: the next one can be asked."""
    for made in _OFFERED.all(support=support.pk):
        _end_offer(made, "expired")
    _back(support, "expired", SYSTEM_DEED)
    return support


@whole
def met(support: Support, deed: Deed) -> Support:
    """They have met or talked, at least a day before.  Raises Refused."""
    if support.starts_at:
        rules.check_met(now(), support.starts_at)
    move(support, rules.MET, deed, Change(clock=Clock(since=support.starts_at)))
    return support


@whole
def release(support: Support, reason: str, deed: Deed) -> Support:
    """Either lets go, without having to explain.  Near the session somebody rings the resident, and the back-up is thought of."""
    at, backup = support.starts_at, support.backup
    was = support.companion_id
    support.offers.filter(state="accepted").update(state="released", answered_at=now())
    _back(support, reason if reason in rules.REASONS else "released", deed)
    if at is not None and at - now() < rules.LATE_RELEASE:
        case = support.placement.referral
        ask("ring_resident", case, support.placement, words=wording.companion_changed(at), limit=wd(0))
        ask("find_companion", case, support.placement, words=wording.backup(backup) if backup else "", queue="companions", limit=wd(0))
    if backup is not None and backup.pk == was:
        Support.objects.filter(pk=support.pk).update(backup=None)
    return support


@whole
def taper(support: Support, deed: Deed) -> Support:
    """After some visits a little less: meets at the door, then rings, then the resident goes alone.  Raises Refused."""
    if support.state == rules.TAPERING or rules.TAPER.index(support.taper) == len(rules.TAPER) - 1:
        move(support, rules.ENDED, deed)
        return support
    following = rules.TAPER[rules.TAPER.index(support.taper) + 1]
    move(support, rules.TAPERING, deed, Change(facts={"taper": following}))
    return support


def offered_to(token: str) -> SupportOffer:
    """The offer a companion's link was made for, whatever has become of it.  Raises Refused: unknown."""
    rows = SupportOffer.objects.select_related("companion", "support__placement__referral__resident", "support__placement__entry")
    made = rows.filter(digest=digest(token)).first()
    if made is None:
        raise Refused("unknown")
    return made


def check_asked(made: SupportOffer) -> None:
    """Is the question still open?  Raises Refused: withdrawn, over."""
    if made.support.state == rules.CALLED_OFF:
        raise Refused("withdrawn" if made.support.reason == "withdrawn" else "over")
    if not is_permitted(made.support.placement.referral, "companion", now()):
        raise Refused("withdrawn")


def check_company(made: SupportOffer) -> None:
    """May the companion's page still show anything?  Raises Refused: withdrawn, over, not_yours."""
    task = made.support
    check_asked(made)
    until = rules.view_until(task.starts_at, task.ended_at)
    if made.state == "accepted" and until is not None and until < now():
        raise Refused("over")
    if made.state != "accepted" or task.companion_id != made.companion_id:
        raise Refused("not_yours")


@whole
def companion_view(token: str) -> dict[str, object]:
    """First name, phone, practical needs: nothing about why; every look is written down.

    Raises Refused: unknown, not_yours, withdrawn, over.
    """
    made = offered_to(token)
    check_company(made)
    case = made.support.placement.referral
    fields = view_for("companion", made.support.placement, now())
    read(case.resident, by=by_link(token).by, fields=sorted(fields), purpose="companion")
    return fields


def session_moved(placement: Placement) -> None:
    """The session was called off: whoever was coming along is told, the assignment waits for the new date."""
    task = _HELD.first(placement=placement.pk)
    if task is not None:
        _tell_off(task)
        task.offers.filter(state__in=("offered", "accepted")).update(state="released", answered_at=now())
        _back(task, "released", Deed("system", "companions", "system"))


def call_off_support(task: Support, reason: str, deed: Deed) -> None:
    """The case or the placement has ended: nobody comes along."""
    if reason == "withdrawn" and task.offers.filter(state="accepted", companion=task.companion).exists():
        ask_forgetting(task)
    elif task.companion is not None:
        _tell_off(task)
    task.offers.filter(state__in=("offered", "accepted")).update(state="released", answered_at=now())
    move(task, rules.CALLED_OFF, Deed(deed.by, "system", deed.channel), Change(reason))


def ask_forgetting(task: Support) -> None:
    """The resident took everything back: whoever knew the name deletes what they wrote down; not told why."""
    if task.companion is not None:
        tell_companion(task.placement.referral, task.companion, wording.companion_forget())


def _tell_off(task: Support) -> None:
    if task.companion is not None and task.starts_at is not None and task.starts_at > now():
        tell_companion(task.placement.referral, task.companion, wording.companion_off(task.starts_at))


def _back(task: Support, reason: str, deed: Deed) -> None:
    move(task, rules.NEEDED, deed, Change(reason, facts={"companion": None}))


def _end_offer(made: SupportOffer, state: str) -> None:
    made.state, made.answered_at = state, now()
    update_row(made, ("state", "answered_at"))
