"""What the pages of referrals share: whose deed it is, which case, how a refusal is said."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from mukana.accounts.models import Person
from mukana.audit.actions import read
from mukana.referrals.models import Referral
from mukana.referrals.queries.scope import cases_of
from mukana.referrals.rules.codes import CHANNELS, Deed

ONCE = "kerran"  # a hidden field of every form that does something: the same form sent twice does it once


def deed_of(request: HttpRequest, role: str, channel: str = "screen") -> Deed:
    """The deed of the page's form: by whoever is signed in, in the role, once for the form.

    Give the decision's own role and the channel by which it came when staff write down another's word
    (a receiver's yes on the phone: role receiver, channel phone).
    """
    if channel not in CHANNELS:
        raise Http404
    return Deed(str(request.user.pk), role, channel, request.POST.get(ONCE, "")[:60])


def case_of(request: HttpRequest, case_id: UUID, purpose: str, fields: tuple[str, ...] = ("name", "phone", "wish")) -> Referral:
    """The case, when this member of staff may open it; the look is written down.  Raises Http404."""
    person: Person = request.user  # type: ignore[assignment]  # these pages are for those who are signed in
    case = cases_of(person).filter(pk=case_id).first()
    if case is None:
        raise Http404
    read(case.resident, by=person, fields=list(fields), purpose=purpose)
    return case
