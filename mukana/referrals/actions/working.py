"""The coordinator's and the link worker's work: taking on, sending on, changing hands, planning, pausing, going on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.directory.freshness import months_after
from mukana.lib.clock import now, today
from mukana.lib.composed import Composed, Hole
from mukana.lib.deeds import whole
from mukana.lib.quickrows import insert_row, update_row
from mukana.organisations.models import Municipality
from mukana.referrals import wording
from mukana.referrals.actions.errands import ask, finish, hand_calls
from mukana.referrals.actions.moving import CHAIN, CLOCKED, Change, Clock, Step, chained, locked_case, move, renew, set_clock
from mukana.referrals.actions.telling import tell_referrer, tell_resident
from mukana.referrals.models import Area, Placement, Referral, Support, Transition
from mukana.referrals.queries.turns import turns_on
from mukana.referrals.rules import cases
from mukana.referrals.rules.clocks import Limit, due, due_on, next_step, wd
from mukana.referrals.rules.codes import LEAD, Deed, Refused
from mukana.referrals.rules.placements import LIVE, PLACEMENT, SCHEDULED
from mukana.referrals.rules.support import ACCEPTED, MET, SUPPORT
from mukana.referrals.rules.writing import check_words

_MOVES = Composed(
    lambda: (
        Transition.objects.filter(referral=Hole("case"), thing="case", target=Hole("state"))
        .exclude(source=Hole("state"))
        .order_by("-number")
        .values_list("at", flat=True)
    )
)
_LIVE = Composed(lambda: Placement.objects.filter(referral=Hole("case"), state__in=sorted(LIVE)))


@whole
def acknowledge(case: Referral, link_worker: Person, deed: Deed) -> Referral:
    """The coordinator takes it on and names who calls; the referrer hears.  Raises Refused."""
    facts = {"link_worker": link_worker}
    if move(case, cases.ACKNOWLEDGED, deed, Change(clock=Clock(since=case.sent_at), facts=facts)):
        _decided(case, deed)
        hand_calls(case, link_worker)
        tell_referrer(case, "acknowledged")
    return case


@whole
def redirect(case: Referral, area: Municipality, reason: str, deed: Deed) -> Referral:
    """To another area, with a reason; twice at most, then it becomes the lead's errand to decide.  Raises Refused."""
    if reason not in cases.REDIRECT_REASONS:
        raise Refused("unknown_reason", reason=reason)
    if deed.by != str(Area.objects.filter(pk=case.area_id).values_list("lead_id", flat=True).first()):
        try:
            cases.check_redirect(case.redirects)
        except Refused:
            return _to_lead(case, area, deed)
    _decided(case, deed)
    facts = {"area": area, "redirects": case.redirects + 1, "link_worker": None}
    move(case, cases.SENT, deed, Change(reason=reason, facts=facts))
    return case


def _to_lead(case: Referral, area: Municipality, deed: Deed) -> Referral:
    """Nobody is sent round and round: whoever leads the area decides, and has it as an errand."""
    kept = locked_case(case)
    if kept.state not in (cases.SENT, cases.ACKNOWLEDGED):
        raise Refused("no_such_move", source=kept.state, target=cases.SENT)
    if not kept.errands.filter(kind="decide_area", done_at=None).exists():
        kept.owner, kept.owner_person_id = LEAD, turns_on(today()).person(LEAD, kept)
        insert_row(chained(kept, Step("case", kept.pk, kept.state, kept.state, f"escalate:{LEAD}"), deed, now()))
        update_row(kept)
        ask("decide_area", kept, words=wording.decide_area(str(area)), queue=LEAD, limit=wd(1))
    renew(case)
    return case


def _decided(case: Referral, deed: Deed) -> None:
    """The lead has nothing to decide any more."""
    for errand in case.errands.filter(kind="decide_area", done_at=None):
        finish(errand, "decided", deed)


@whole
def assign(case: Referral, link_worker: Person, deed: Deed) -> Referral:
    """Another link worker; the state and its due time stay.  Raises Refused when the case has ended."""
    kept = locked_case(case)
    if not kept.open:
        raise Refused("ended", state=kept.state)
    kept.link_worker = link_worker
    if kept.owner == "link_worker":
        kept.owner_person = link_worker
    kept.save(update_fields=["link_worker", "owner_person"])
    Placement.objects.filter(referral=kept, owner="link_worker").update(owner_person=link_worker)
    Support.objects.filter(placement__referral=kept, owner="link_worker").update(owner_person=link_worker)
    kept.errands.filter(owner="link_worker", done_at=None).update(owner_person=link_worker)
    record("referral.assigned", f"referrals.Referral:{case.pk}", by=deed.by, to=str(link_worker.pk))
    case.refresh_from_db()
    return case


@whole
def plan(case: Referral, deed: Deed, *, own_path: str = "") -> Referral:
    """A plan is agreed: a placement that somebody knows of, or an own path.  Raises Refused."""
    kept_path = check_words(own_path)
    if not kept_path and not _LIVE.exists(case=case.pk):
        raise Refused("nothing_planned")
    if move(case, cases.PLANNED, deed, Change(facts={"own_path": kept_path})):
        tell_resident(case, "plan", wording.plan(case))
    return case


@whole
def follow_up(case: Referral, deed: Deed) -> Referral:
    """Regular support ends; contacts after one, three and six months.  Raises Refused."""
    if case.state == cases.PLANNED and not case.own_path:
        raise Refused("nothing_begun")
    start = months_after(today(), cases.FOLLOW_UPS_MONTHS[0])
    move(case, cases.FOLLOW_UP, deed, Change(clock=Clock(since=due_on(start)), facts={"follow_ups_done": 0}))
    return case


@whole
def followed_up(case: Referral, deed: Deed) -> Referral:
    """One of the later contacts has been made; the next one gets its time.  Raises Refused."""
    kept = _in_follow_up(case, deed)
    if kept is None:
        return case
    begun = _entered(kept, cases.FOLLOW_UP)
    kept.follow_ups_done = min(kept.follow_ups_done + 1, len(cases.FOLLOW_UPS_MONTHS))
    left = cases.FOLLOW_UPS_MONTHS[kept.follow_ups_done :]
    since = due_on(max(months_after(begun.date(), left[0]), today() + timedelta(days=1))) if left else now()
    _contacted(kept, f"followed_up:{kept.follow_ups_done}", deed, Clock(since=since))
    record("referral.moved", f"referrals.Referral:{case.pk}", by=deed.by, what="follow_up", done=kept.follow_ups_done)
    renew(case)
    return case


@whole
def not_answered(case: Referral, deed: Deed) -> Referral:
    """Nobody answered the later contact: it is tried again in two working days and does not count as made.  Raises Refused."""
    kept = _in_follow_up(case, deed)
    if kept is None:
        return case
    _contacted(kept, "follow_up_vain", deed, Clock(due_at=due(now(), wd(2))))
    renew(case)
    return case


def _in_follow_up(case: Referral, deed: Deed) -> Referral | None:
    """The case, locked; None when the same press has done it before.  Raises Refused."""
    kept = locked_case(case)
    if deed.key and Transition.objects.filter(key=deed.key).exists():
        case.refresh_from_db()
        return None
    if kept.state != cases.FOLLOW_UP:
        raise Refused("no_such_move", source=kept.state, target=cases.FOLLOW_UP)
    return kept


def _contacted(kept: Referral, reason: str, deed: Deed, clock: Clock) -> None:
    """The history tells of a later contact, and when the next one is due."""
    set_clock(kept, kept, clock, now())
    link = chained(kept, Step("case", kept.pk, kept.state, kept.state, reason), deed, now())
    link.key = deed.key or None
    insert_row(link)
    update_row(kept, ("follow_ups_done", *CLOCKED, *CHAIN))


@whole
def wants_more(case: Referral, deed: Deed) -> Referral:
    """In follow-up, or after a vain search: the resident wants to talk again.  Raises Refused."""
    move(case, cases.IN_DIALOGUE, deed)
    return case


@whole
def pause(case: Referral, until: date, reason: str, deed: Deed) -> Referral:
    """Clocks stand still until the return date; so do those of offers and assignments.  Raises Refused."""
    cases.check_pause(until, today())
    if reason not in cases.PAUSE_REASONS:
        raise Refused("unknown_reason", reason=reason)
    back = due_on(until)
    facts = {"state_before": case.state, "due_before": case.due_at}
    if move(case, cases.PAUSED, deed, Change(reason, Clock(since=back, due_at=back), facts)):
        _shift(case, timedelta(days=(until - today()).days))
    return case


@whole
def resume(case: Referral, deed: Deed) -> Referral:
    """Back to the state before, with the working days that were left then.  Raises Refused."""
    left, back = _left(case), case.since or now()
    if move(case, case.state_before, deed, Change(clock=Clock(due_at=due(now(), left)), facts={"due_before": None})):
        _shift(case, timedelta(days=min(0, (today() - back.date()).days)))
    return case


@whole
def reopen(case: Referral, deed: Deed) -> Referral:
    """A closed case goes on, with the same reference, within a year.  Raises Refused."""
    if case.ended_at is None or case.anonymised_at is not None:
        raise Refused("no_such_move", source=case.state, target=cases.IN_DIALOGUE)
    cases.check_reopen(case.ended_at, now())
    move(case, cases.IN_DIALOGUE, deed, Change(clock=Clock(limit=cases.BACK_TO_TALK), facts={"outcome": ""}))
    return case


def _entered(case: Referral, state: str) -> datetime:
    """When the case last came to the state; what the clock did meanwhile moved nothing."""
    at = _MOVES.first(case=case.pk, state=state)
    assert at is not None  # asked only of a state that the case has come to
    return at


def _left(case: Referral) -> Limit:
    """The working days that were left when the pause began, at least one."""
    begun = _entered(case, cases.PAUSED)
    before = case.due_before or begun
    return wd(max(1, cases.working_days_between(begun.date(), before.date())))


def _shift(case: Referral, by: timedelta) -> None:
    """Every clock in the case runs so much later (earlier, when a pause ends before its time).

    What is tied to a date somebody has agreed on, a session, keeps it.
    """
    if not by:
        return
    with_date = (ACCEPTED, MET)
    offers = Placement.objects.filter(referral=case, state__in=PLACEMENT.open).exclude(state=SCHEDULED)
    tasks = Support.objects.filter(placement__referral=case, state__in=SUPPORT.open).exclude(state__in=with_date)
    for thing in (*offers, *tasks):
        assert thing.since is not None  # the database refuses an open thing without
        thing.since += by
        watch = thing.WATCHES[thing.state]
        thing.due_at = due(thing.since, watch.limit, urgent=case.urgent)
        thing.next_step_at = next_step(watch, thing.since, thing.steps_done, urgent=case.urgent).at
        thing.save(update_fields=["since", "due_at", "next_step_at"])
    for errand in case.errands.filter(done_at=None):
        errand.due_at = errand.next_step_at = due_on((errand.due_at or now()).date() + by)
        errand.save(update_fields=["due_at", "next_step_at"])
