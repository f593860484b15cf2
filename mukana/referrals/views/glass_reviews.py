"""The officer's page: opened glasses that wait for a review, and those that have been decided."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mukana.audit.actions import read
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals.forms.glass import ReviewForm
from mukana.referrals.models import BreakGlass
from mukana.referrals.queries.access import GLASS_REVIEW
from mukana.referrals.queries.story import people_named
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.case_parts import person_of
from mukana.referrals.wording import spoken

PER_PAGE = 30


@allow("referrals.review")
@never_cache
@require_safe
def glass_reviews(request: HttpRequest) -> HttpResponse:
    """Open ones first, the oldest first; then what was decided."""
    rows = BreakGlass.objects.select_related("by", "owner_person").prefetch_related("resident__referrals")
    waiting = list(rows.filter(reviewed_at=None).order_by("opened_at"))
    page = Paginator(rows.filter(reviewed_at__isnull=False).order_by("-reviewed_at"), PER_PAGE).get_page(request.GET.get("sivu"))
    past = list(page.object_list)
    _looked(request, *waiting, *past)
    names = people_named(one.reviewed_by for one in past)
    facts = {
        "now": now(), "waiting": [(one, _references(one)) for one in waiting], "page": page,
        "past": [(one, _references(one), names.get(one.reviewed_by, "")) for one in past],
        "said": _("Tarkastus on kirjattu.") if request.GET.get("tehty") else "",
    }  # fmt: skip
    return render(request, "referrals/glass_reviews.html", facts)


@allow("referrals.review")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def glass_review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Was it justified; may telling the resident wait?  Of two officers the second hears that it has been done."""
    opened = get_object_or_404(BreakGlass.objects.select_related("by").prefetch_related("resident__referrals"), pk=glass_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            form.run(opened, person_of(request))
            return redirect(f"{reverse('glass_reviews')}?tehty=1")
        except Refused as refused:
            problem = words_of(refused)
    _looked(request, opened)
    facts = {"opened": opened, "references": _references(opened), "form": form, "problem": problem, "now": now()}
    return render(request, "referrals/glass_review.html", facts, status=409 if problem else 422 if form.errors else 200)


def _looked(request: HttpRequest, *opened: BreakGlass) -> None:
    """Each look says of which glass it is: it is told to the resident only with the opening itself."""
    for one in opened:
        read(f"referrals.Resident:{one.resident_id}", by=request.user, fields=["reason"], purpose=GLASS_REVIEW, glass=str(one.pk))


def _references(opened: BreakGlass) -> str:
    return ", ".join(spoken(case.reference) for case in opened.resident.referrals.all())
