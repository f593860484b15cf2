"""One's own account: the name, the ways in, and where one is logged in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mukana.accounts.actions.people import end_sessions, rename
from mukana.accounts.forms import NameForm
from mukana.accounts.models import Person
from mukana.accounts.oidc.providers import providers
from mukana.accounts.queries import sessions_of, ways_in
from mukana.lib.allow import allow


@allow("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Everything of one's own on one page; the name is changed here."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        rename(request.user, form.cleaned_data["name"])
        return redirect("own_account")
    facts = {
        "form": form,
        "ways": ways_in(request.user),
        "sessions": sessions_of(request.user, request.session.session_key or ""),
        "providers": providers(),
        "memberships": request.user.memberships.select_related("organisation"),
    }
    return render(request, "accounts/own.html", facts, status=422 if form.errors else 200)


@allow("signed_in")
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Log out everywhere else."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    end_sessions(request.user, but=request.session.session_key)
    return redirect("own_account")
