"""A resident's own case as they are told it: found by their link, what was agreed, who got what, who looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mukana.accounts.models import Membership
from mukana.accounts.rules import ROLES
from mukana.lib.clock import now
from mukana.referrals import secrets
from mukana.referrals.labels import FIELD_GROUPS, said
from mukana.referrals.models import Permission, Placement, Referral, Resident, Session, Support, SupportOffer, Transition
from mukana.referrals.own_words import FEEDBACK, FIELDS, PURPOSES
from mukana.referrals.queries.access import looks
from mukana.referrals.queries.there import There, there_of
from mukana.referrals.queries.together import may_say
from mukana.referrals.rules.cases import DRAFT, ERROR
from mukana.referrals.rules.codes import RESIDENT
from mukana.referrals.rules.placements import MISSED_FIRST, PROPOSED, UNDONE
from mukana.referrals.rules.sessions import MISSED, PLANNED
from mukana.referrals.rules.support import MAY_SEE

_BEFORE_YES = ("area", "wish", "practical", "language")
_AFTER_YES = ("name", "contact")


def case_by_token(token: str, purpose: str = secrets.OWN) -> Referral | None:
    """The case a resident's link opens; None when the link is wrong, old, or of a case that is nobody's to see."""
    case = case_by_reference(secrets.reference_in(token))
    return case if case is not None and secrets.opens(token, case, purpose) else None


def case_by_reference(reference: str) -> Referral | None:
    """The case a resident may speak of; drafts, mistakes and anonymous ones are none."""
    rows = Referral.objects.select_related("resident", "area", "link_worker").exclude(state__in=(DRAFT, ERROR))
    return rows.filter(reference=reference, anonymised_at=None).first() if reference else None


@dataclass(frozen=True, slots=True)
class Agreed:
    """One place that was talked of: its session, who comes along, what the resident can answer."""

    placement: Placement
    session: Session | None
    companion: bool  # somebody has said yes; one who is only asked is not told of
    missed: Session | None  # a first session that was missed and nobody has told why
    queued: bool
    asked: Support | None  # a visit with a companion of which the resident may tell whether they came
    there: There = field(default_factory=There)


def agreed(case: Referral) -> list[Agreed]:
    """What was agreed on, dated ones first; what somebody only thinks of is not told, what has ended comes last."""
    rows = case.placements.exclude(state=PROPOSED).prefetch_related("sessions", "supports").order_by("-requested_at")
    return sorted((_agreed(row) for row in rows), key=lambda one: (not one.placement.open, one.session is None))


def _agreed(placement: Placement) -> Agreed:
    sessions = list(placement.sessions.all())
    planned = next((one for one in sessions if one.state == PLANNED), None)
    missed = [one for one in sessions if one.state == MISSED and not _told_why(one)] if placement.state == MISSED_FIRST else []
    company = any(task.state in MAY_SEE for task in placement.supports.all())
    supports = [] if placement.state in UNDONE else list(placement.supports.all())
    asked = next((task for task in supports if may_say(task, now())), None)
    there = there_of(planned) if planned else There()
    return Agreed(placement, planned, company, missed[-1] if missed else None, placement.state == "waitlisted", asked, there)


def _told_why(session: Session) -> bool:
    told = Transition.objects.filter(thing_id=session.placement_id, source=MISSED_FIRST, target=MISSED_FIRST, role=RESIDENT)
    return told.filter(at__gte=session.starts_at).exists()


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody got something: when, who, what in words; `gone` when they were asked to delete it and whether they did."""

    at: datetime
    whom: str
    what: str
    asked: datetime | None = None
    deleted: datetime | None = None


def told(case: Referral) -> list[Told]:
    """Who got what, and when; the newest last."""
    found = [*_to_receivers(case), *_to_companions(case), *_to_referrer(case)]
    return sorted(found, key=lambda one: one.at)


def _to_receivers(case: Referral) -> Iterable[Told]:
    yes = {row.thing_id: row.at for row in Transition.objects.filter(referral=case, thing="placement", target="accepted")}
    for placement in case.placements.exclude(requested_at=None):
        groups = _groups(case, "receiver", placement.entry_id)
        asked, gone = placement.deletion_asked_at, placement.deletion_confirmed_at
        at = placement.requested_at or now()
        early = [
            _("ikäryhmä") if one == "area" and case.resident.protected else said(FIELD_GROUPS, one) for one in _BEFORE_YES if one in groups
        ]
        if early:
            yield Told(at, placement.entry_name, ", ".join(early))
        late = [said(FIELD_GROUPS, one) for one in _AFTER_YES if one in groups]
        if placement.pk in yes and late:
            yield Told(yes[placement.pk], placement.entry_name, ", ".join(late), asked, gone)


def _to_companions(case: Referral) -> Iterable[Told]:
    groups = _groups(case, "companion", None)
    words = [_("etunimi"), *(said(FIELD_GROUPS, one) for one in ("contact", "practical", "pick_up") if one in groups)]
    for offer in SupportOffer.objects.filter(
        support__placement__referral=case, state__in=("accepted", "released"), answered_at__isnull=False
    ):
        yield Told(offer.answered_at or offer.at, _("Saattaja"), ", ".join(words))


def _to_referrer(case: Referral) -> Iterable[Told]:
    for row in case.feedback.exclude(told=""):
        yield Told(row.at, case.referrer_unit or _("Lähettäjä"), said(FEEDBACK, row.kind))


def _groups(case: Referral, kind: str, entry: UUID | None) -> set[str]:
    """Every field group that has ever been allowed: what was given cannot be ungiven."""
    rows = Permission.objects.filter(referral=case, kind=kind, entry=entry).values_list("groups", flat=True)
    return {group for groups in rows for group in groups}


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked on a day: role and unit in words, what, why, how many times."""

    on: date
    who: str
    what: str
    why: str
    times: int


def looked(resident: Resident) -> list[Looked]:
    """Who looked, a row for a day and a purpose, the newest first; the resident's own looks are left out."""
    rows = [row for row in looks(resident) if not row.who.startswith("own:")]
    roles = _roles(row.who for row in rows)
    found = Counter((row.at.date(), roles.get(row.who, row.who), row.fields, row.purpose) for row in rows)
    other = _("työn hoitaminen")
    return [
        Looked(on, who, ", ".join(said(FIELDS, one) for one in fields if one in FIELDS), str(PURPOSES.get(why, other)), times)
        for (on, who, fields, why), times in found.items()
    ]


def _roles(actors: Iterable[str]) -> dict[str, str]:
    """What somebody is, never who: a staff member's role and unit, or by which way another one came."""
    asked = set(actors)
    words = {actor: _role_of(actor) for actor in asked}
    people = [UUID(actor) for actor in asked if _is_id(actor)]
    for row in Membership.objects.filter(person__in=people).select_related("organisation").order_by("pk"):
        role = ROLES[row.role][0] if row.role in ROLES else row.role
        words[str(row.person_id)] = f"{role}, {row.organisation}" if row.organisation_id else role
    return words


def _role_of(actor: str) -> str:
    """What is known of an actor before people are asked for."""
    if actor.startswith("link:"):
        return _("Järjestäjä tai saattaja, linkistä")
    return _("Mukanan työntekijä") if _is_id(actor) else _("Tietojärjestelmä")


def _is_id(actor: str) -> bool:
    try:
        return bool(UUID(actor))
    except ValueError:
        return False
