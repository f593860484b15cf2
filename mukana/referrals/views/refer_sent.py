"""After sending: who calls by when, the reference, and a paper for the resident."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mukana.accounts.models import Person
from mukana.lib.allow import allow
from mukana.referrals.models import Permission, Referral
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.cases import FIRST_CALL
from mukana.referrals.rules.codes import REFERRER
from mukana.referrals.rules.reaching import CALL, usable, way_for
from mukana.referrals.views.refer_parts import first_contact_by
from mukana.referrals.wording import ring, speaking_to, spoken


@allow("referrals.refer")
@never_cache
@require_safe
def sent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Nothing of the resident stands here, so that the screen may be left open."""
    return render(request, "referrals/refer_sent.html", receipt_of(_written_by(request, case_id)))


@allow("referrals.refer")
@never_cache
@require_safe
def paper(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt in large type, for the resident to take along; no name, no address."""
    case = _written_by(request, case_id)
    kinds = Permission.objects.filter(referral=case, withdrawn_at=None).values_list("kind", flat=True)
    with speaking_to(case):  # the resident takes it along
        return render(request, "referrals/refer_receipt.html", {**receipt_of(case), "kinds": list(kinds)})


def receipt_of(case: Referral) -> dict[str, object]:
    """What the receipt tells, on the screen and on paper."""
    reach = reach_of(case.resident)
    by = first_contact_by(case.sent_at, urgent=case.urgent) if case.sent_at else None
    return {
        "case": case, "by": by, "reference": spoken(case.reference), "phone": ring(case), "calls": CALL in usable(reach),
        "way": way_for(reach), "waits": case.state in FIRST_CALL, "by_staff": case.referrer_role != REFERRER or case.channel == "paper",
    }  # fmt: skip


def _written_by(request: HttpRequest, case_id: UUID) -> Referral:
    """A case that this person made or wrote down from paper.  Raises Http404."""
    person: Person = request.user  # type: ignore[assignment]  # only those who are signed in come here
    mine = Q(referrer=person) | Q(transitions__number=1, transitions__by=str(person.pk))
    case = Referral.objects.filter(mine, pk=case_id).exclude(state="entered_in_error").select_related("resident", "area").distinct().first()
    if case is None:
        raise Http404
    return case
