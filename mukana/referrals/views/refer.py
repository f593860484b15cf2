"""The one-minute referral, made together with the resident; and the no of those who did not want one."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.accounts.models import Person
from mukana.guidance.picks import picked
from mukana.lib.allow import allow
from mukana.lib.text import shorten
from mukana.look.rules import pick
from mukana.organisations.models import Municipality
from mukana.referrals.actions import referring
from mukana.referrals.forms.refer import ReferForm
from mukana.referrals.forms.refer_fields import again
from mukana.referrals.models import Referral
from mukana.referrals.queries.habits import habits_of
from mukana.referrals.queries.served import is_served
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import REFERRER, Deed, Refused
from mukana.referrals.rules.writing import LONGEST_WISH
from mukana.referrals.views.refer_parts import BACK, SAFE, answered, keyed, page

TEMPLATE = "referrals/refer.html"
COUNTED_ONCE_S = 24 * 3600


@allow("referrals.refer")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """One page from the need to "sent"."""
    person: Person = request.user  # type: ignore[assignment]  # only those who are signed in come here
    if request.method != "POST":
        return page(request, TEMPLATE, ReferForm(initial=_initial(request, person)), counted="ei" in request.GET)
    does = request.POST.get("toimi", "")
    if does == "ei":
        return _declined(request)
    if does == BACK:
        return page(request, TEMPLATE, ReferForm(initial=again(ReferForm, request.POST)))
    form = ReferForm(keyed(request.POST))
    found = answered(request, form, lambda whole: _send(request, person, whole), TEMPLATE, {})
    return found if isinstance(found, HttpResponse) else redirect("refer_sent", case_id=found.pk)


def _send(request: HttpRequest, person: Person, form: ReferForm) -> Referral:
    deed = Deed(str(person.pk), REFERRER, "screen", str(form.cleaned_data["kerran"]))
    return referring.refer(form.made(person, danger_seen=SAFE in request.POST), deed)


def _declined(request: HttpRequest) -> HttpResponse:
    """Counted without anybody's name; the same page pressed twice is one no."""
    data = keyed(request.POST)
    town = data.get("kunta", "")[:3]
    if not is_served(town):
        return _not_counted(request, data, _("Valitse ensin asuinkunta. Muuta ei kirjata."))
    if cache.add(key := f"referrals.raised:{data['kerran']}", 1, COUNTED_ONCE_S):
        try:
            referring.raised(Municipality.objects.get(pk=town), data.get("yksikko", ""))
        except Refused as refused:
            cache.delete(key)
            return _not_counted(request, data, words_of(refused))
    response = redirect("refer")
    response["Location"] += "?ei=1"
    return response


def _not_counted(request: HttpRequest, data: QueryDict, problem: str) -> HttpResponse:
    return page(request, TEMPLATE, ReferForm(initial=again(ReferForm, data)), 422, problem=problem)


def _initial(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What is known beforehand: where the referrer works, and what was picked on the page of guidance."""
    town, unit = habits_of(person)
    names = [str(pick(entry.texts, "name", ("fi",), get_language() or "fi").value) for entry in picked(request.GET.get("poiminnat", ""))]
    wish = shorten(_("Kiinnostaa: %(names)s.") % {"names": ", ".join(names)}, LONGEST_WISH) if names else ""
    return {"kunta": town, "yksikko": unit, "toive": wish}
