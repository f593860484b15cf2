"""What doors share that open by a reference and a code: how often may be tried, and one answer for whatever is wrong."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mukana.referrals.forms.own import CodeForm
from mukana.referrals.models import Referral
from mukana.referrals.queries.own import case_by_reference


def case_of(request: HttpRequest, form: CodeForm, fits: Callable[[str, Referral], bool], wrong: str) -> tuple[Referral | None, int]:
    """The case that the form's reference and code open, or None, what is wrong in the form, and the page's status.

    A reference that is nobody's is answered as a wrong code is.
    """
    if not form.is_valid():
        return None, 422
    reference = form.cleaned_data["tunnus"]
    if not ratelimit.consume(request, action="own_code", key=reference):
        form.add_error(None, _("Koodia on yritetty liian monta kertaa. Odota kymmenen minuuttia tai soita."))
        return None, 429
    case = case_by_reference(reference)
    if case is None or not fits(form.cleaned_data["koodi"], case):
        form.add_error("koodi", wrong)
        return None, 422
    return case, 302
