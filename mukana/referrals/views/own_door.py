"""The door to one's own page for those who have lost the link: the reference, and a code to their own channel."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.referrals import secrets
from mukana.referrals.actions.telling import tell_code
from mukana.referrals.forms.own import CodeForm, DoorForm
from mukana.referrals.queries.own import case_by_reference
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.bycode import case_of


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Ask for a code.  The answer is the same whether there is such a reference or a channel, or not."""
    form = DoorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "referrals/own_door.html", {"form": form}, status=422 if form.errors else 200)
    reference = form.cleaned_data["tunnus"]
    if not ratelimit.consume(request, action="own", key=reference):
        form.add_error(None, _("Koodeja on pyydetty niin monta, että seuraavan saa vasta tunnin kuluttua. Voit myös soittaa."))
        return render(request, "referrals/own_door.html", {"form": form}, status=429)
    case = case_by_reference(reference)
    if case is not None:
        tell_code(case)
    return _ask_code(request, CodeForm(initial={"tunnus": reference}))


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code opens the page."""
    if request.method != "POST":
        return redirect("own_door")
    form = CodeForm(request.POST)
    case, status = case_of(request, form, lambda told, case: secrets.is_door_code(told, case, now()), words_of(Refused("wrong_code")))
    if case is None:
        return _ask_code(request, form, status)
    return redirect("own", token=secrets.token_of(case, secrets.OWN))


def _ask_code(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "referrals/own_code.html", {"form": form}, status=status)
