"""Acting for an organisation or its person: choosing, beginning, ending."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mukana.accounts.actions.behalf import BehalfRefused, begin_acting, end_acting
from mukana.accounts.models import Person
from mukana.accounts.queries import to_act_for
from mukana.lib.allow import allow
from mukana.lib.text import squeeze


@allow("act.on_behalf")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Find the organisation or its person, and begin."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    if request.method == "POST":
        try:
            begin_acting(request.session, request.POST.get("kenen", ""), by=request.user)
            return redirect("desk")
        except BehalfRefused:
            return render(request, "accounts/behalf.html", {"refused": True, "words": "", "choices": []}, status=422)
    words = squeeze(request.GET.get("q"))[:100]
    return render(request, "accounts/behalf.html", {"words": words, "choices": to_act_for(request.user, words)})


@allow("signed_in")
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Back to being oneself."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    end_acting(request.session, by=request.user)
    return redirect("desk")
