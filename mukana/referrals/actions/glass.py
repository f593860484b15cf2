"""Breaking the glass: one person's contact data for an hour, seen by the officer at once, reviewed the next working day."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from mukana.accounts.models import Person
from mukana.audit.actions import read, record
from mukana.audit.models import Trace
from mukana.lib.clock import now, today
from mukana.lib.moments import as_local
from mukana.outbox.actions import send_email
from mukana.referrals import subjects, wording
from mukana.referrals.models import BreakGlass, Referral, Resident
from mukana.referrals.queries.finding import matching
from mukana.referrals.queries.reviewers import main_users, reviewers_of
from mukana.referrals.queries.seeing import is_shut, view_of
from mukana.referrals.rules.clocks import due, wd
from mukana.referrals.rules.codes import PRIVACY, Refused
from mukana.referrals.rules.disclosure import EMERGENCY
from mukana.referrals.rules.writing import check_free_text

OPEN_FOR = timedelta(minutes=60)
SHORTEST_REASON = 10
MOST_SEARCHES, SEARCHES_WITHIN = 12, timedelta(hours=1)  # of one person


def search(words: str, area: str, person: Person) -> Resident:
    """The one resident whose name, number or reference was typed exactly.  Raises Refused: not found, several, too often.

    Each search is written down without its words, also one that is refused (so no transaction undoes it); nothing is told
    of those who were not meant.
    """
    begun = now() - SEARCHES_WITHIN
    if Trace.objects.filter(actor=str(person.pk), verb="glass.searched", at__gte=begun).count() >= MOST_SEARCHES:
        raise Refused("glass_often")
    found = matching(words, area)
    record("glass.searched", "referrals.Resident", by=str(person.pk), found=min(len(found), 2))
    if len(found) != 1:
        raise Refused("glass_many" if found else "glass_none")
    return found[0]


@transaction.atomic
def open_glass(resident: Resident, person: Person, reason: str) -> BreakGlass:
    """Open one resident's contact data in imminent danger.  Raises Refused: every resident needs a reason of their own.

    While it is open and not reviewed, the same person's opening of the same resident is the same one: another reason is
    kept beside the first with its time.
    """
    words = check_free_text(reason)
    if len(words) < SHORTEST_REASON:
        raise Refused("no_reason")
    moment = now()
    Resident.objects.select_for_update().get(pk=resident.pk)
    standing = BreakGlass.objects.select_for_update().filter(resident=resident, by=person, closes_at__gt=moment).first()
    if standing and (words in standing.reason or standing.reviewed_at is None):
        return _with_reason(standing, words)
    officers = reviewers_of(person.pk)
    made = BreakGlass.objects.create(
        resident=resident, by=person, reason=words, opened_at=moment, closes_at=moment + OPEN_FOR, owner=PRIVACY,
        owner_person=officers[0] if officers else None, since=moment, due_at=due(moment, wd(1)), next_step_at=due(moment, wd(1)),
    )  # fmt: skip
    record("glass.broken", f"referrals.Resident:{resident.pk}", by=str(person.pk), glass=str(made.pk))
    if officers:
        _tell(officers, str(subjects.GLASS), wording.glass(moment), made)
    else:
        tell_nobody_reviews(made)
    return made


def tell_nobody_reviews(made: BreakGlass) -> None:
    """Nobody can review it: the main users are told, who can name somebody."""
    record("glass.unwatched", f"referrals.BreakGlass:{made.pk}", by="system")
    _tell(main_users(), str(subjects.GLASS_NOBODY), wording.glass_nobody(made.opened_at), made)


def _tell(people: list[Person], subject: str, text: str, made: BreakGlass) -> None:
    for one in people:
        send_email(to=one.email, subject=subject, text=text, kind="referrals.privacy", about=f"referrals.BreakGlass:{made.pk}")


def _with_reason(standing: BreakGlass, words: str) -> BreakGlass:
    """The open one; words that are new to it are for the officer to read too."""
    if words not in standing.reason:
        standing.reason = f"{standing.reason}\n{as_local(now()):%H.%M}: {words}"
        standing.save(update_fields=["reason"])
        record("glass.reasoned", f"referrals.BreakGlass:{standing.pk}", by=str(standing.by_id))
    return standing


@transaction.atomic
def contacts(glass: BreakGlass, person: Person) -> dict[str, object]:
    """Name, numbers, what is unsafe: nothing else, only for who opened it, only within the hour.  Raises Refused."""
    if glass.by_id != person.pk:
        raise Refused("not_yours")
    if now() >= glass.closes_at:
        raise Refused("closed")
    cases = list(Referral.objects.filter(resident=glass.resident_id).order_by("-made_at"))
    case = next((one for one in cases if not is_shut(one)), None)
    if case is None:
        raise Refused("withdrawn" if cases else "unknown")
    fields = view_of(EMERGENCY, case)
    read(glass.resident, by=person, fields=sorted(fields), purpose="break_glass", glass=str(glass.pk))
    return fields


@transaction.atomic
def review(glass: BreakGlass, decision: str, officer: Person, *, hide_days: int = 0, hide_reason: str = "") -> BreakGlass:
    """The officer's word.  Telling the resident can be put off, with a reason.  Raises Refused."""
    kept = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if kept.reviewed_at is not None:
        raise Refused("done_already", by=kept.reviewed_by)
    if decision not in ("justified", "not_justified"):
        raise Refused("unknown_decision")
    if officer.pk == kept.by_id:
        raise Refused("second_person")
    if hide_days and not hide_reason.strip():
        raise Refused("no_reason")
    kept.reviewed_at, kept.reviewed_by, kept.decision = now(), str(officer.pk), decision
    kept.hidden_until = today() + timedelta(days=hide_days) if hide_days else None
    kept.hidden_reason = hide_reason.strip()
    kept.owner, kept.owner_person, kept.due_at, kept.next_step_at = "", None, None, None
    kept.save()
    record("glass.reviewed", f"referrals.BreakGlass:{kept.pk}", by=str(officer.pk), decision=decision)
    return kept
