"""What the pages of referrals share: whose deed it is, which case, how a refusal is said."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from mukana.accounts.models import Person
from mukana.audit.actions import read
from mukana.referrals.models import ContactAttempt, Referral, Transition
from mukana.referrals.queries.scope import cases_of
from mukana.referrals.queries.seeing import is_shut
from mukana.referrals.rules.codes import CHANNELS, Deed

ONCE = "kerran"  # a hidden field of every form that does something: the same form sent twice does it once


def deed_of(request: HttpRequest, role: str, channel: str = "screen") -> Deed:
    """The deed of the page's form: by whoever is signed in, in the role, once for the form.

    Give the decision's own role and the channel by which it came when staff write down another's word
    (a receiver's yes on the phone: role receiver, channel phone).
    """
    if channel not in CHANNELS:
        raise Http404
    return Deed(str(request.user.pk), role, channel, request.POST.get(ONCE, "")[:50])


def case_of(request: HttpRequest, case_id: UUID, purpose: str, fields: tuple[str, ...] = ("name", "phone", "wish")) -> Referral:
    """The case, when this member of staff may open it; the look is written down.  Raises Http404.

    Of one that was taken back only the reference is shown (`case_parts.head_of`), and only that is written down.
    """
    case = case_in_reach(request, case_id)
    read(case.resident, by=request.user, fields=["reference"] if is_shut(case) else list(fields), purpose=purpose)
    return case


def case_in_reach(request: HttpRequest, case_id: UUID) -> Referral:
    """The case, for doing something without being shown anything.  Raises Http404 when it is none of this person's."""
    person: Person = request.user  # type: ignore[assignment]  # these pages are for those who are signed in
    case = cases_of(person).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def done_before(deed: Deed) -> bool:
    """Was this very form sent already (a double click)?  Then its outcome is shown, and nothing is done twice."""
    if not deed.key:
        return False
    return Transition.objects.filter(key=deed.key).exists() or ContactAttempt.objects.filter(key=deed.key).exists()
