"""A paper form entered by staff: the resident need not have a telephone or e-mail, and the paper is the permission."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.lib.allow import allow
from mukana.referrals.actions import referring
from mukana.referrals.forms.refer_fields import again
from mukana.referrals.forms.refer_paper import PaperForm
from mukana.referrals.models import Referral
from mukana.referrals.queries.paper_units import unit_of
from mukana.referrals.queries.scope import areas_of
from mukana.referrals.queries.served import served
from mukana.referrals.rules.codes import Deed
from mukana.referrals.views.refer_parts import BACK, SAFE, answered, keyed, page

TEMPLATE = "referrals/refer_paper.html"


@allow("referrals.work")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refer_paper(request: HttpRequest) -> HttpResponse:
    """The same fields and the same rules as on the screen."""
    if request.method != "POST":
        return page(request, TEMPLATE, PaperForm(initial=_known(request)))
    if request.POST.get("toimi") == BACK:
        return page(request, TEMPLATE, PaperForm(initial=again(PaperForm, request.POST)))
    found = answered(request, PaperForm(keyed(request.POST)), lambda form: _send(request, form), TEMPLATE, {})
    return found if isinstance(found, HttpResponse) else redirect("refer_sent", case_id=found.pk)


def _send(request: HttpRequest, form: PaperForm) -> Referral:
    deed = Deed(str(request.user.pk), form.role(), "paper", str(form.cleaned_data["kerran"]))
    return referring.refer(form.made(None, danger_seen=SAFE in request.POST), deed)


def _known(request: HttpRequest) -> dict[str, str]:
    """What the code on the paper tells of its unit."""
    unit = unit_of(request.GET.get("koodi", ""))
    if unit is None:
        return {"kunta": _town(request)}
    return {"kunta": unit.municipality_id or _town(request), "yksikko": unit.name}


def _town(request: HttpRequest) -> str:
    """The writer's own area, when it is only one."""
    mine = areas_of(request.user)  # type: ignore[arg-type]  # only those who are signed in come here
    towns = [town.pk for town in served() if not mine or town.pk in mine]
    return towns[0] if len(towns) == 1 else ""
