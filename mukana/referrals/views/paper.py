"""The blank referral form to print: for everybody, and for a unit with its code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from mukana.formats import paper
from mukana.guidance.models import Unit
from mukana.lib.allow import allow
from mukana.referrals.letter_sheets import AUTHOR
from mukana.referrals.paper_form import blank
from mukana.referrals.queries.paper_units import unit_of
from mukana.referrals.views.letters import pdf
from mukana.referrals.wording import SPOKEN


@allow("public")
@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """For anybody."""
    return _printed(request, None)


@allow("public")
@require_safe
def paper_form_of(request: HttpRequest, code: str) -> HttpResponse:
    """With the unit's name and code, so that staff find the way back."""
    unit = unit_of(code)
    if unit is None:
        raise Http404
    return _printed(request, unit)


def _printed(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    asked = request.GET.get("kieli", "") or get_language() or "fi"
    with override(asked if asked in SPOKEN else "fi"):
        made = blank(unit)
    return pdf(paper.form(made, author=AUTHOR), "hyvinvointilahete")
