"""Coming in and going out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mukana.accounts.actions import LinkRefused, use_login_link
from mukana.accounts.queries import roles_of
from mukana.lib.allow import allow
from mukana.look.navigation import shown


@allow("public")
def login(request: HttpRequest) -> HttpResponse:
    """How staff get in."""
    return render(request, "accounts/login.html", {"demo": settings.DEMO})


@allow("public")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: the page asks for one press, so that a mail scanner does not use the link up."""
    if request.method != "POST":
        return render(request, "accounts/enter.html")
    try:
        person = use_login_link(token)
    except LinkRefused as refusal:
        return render(request, "accounts/refused.html", {"code": refusal.code}, status=410)
    start_session(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("desk")


@allow("desk.see")
def desk(request: HttpRequest) -> HttpResponse:
    """The staff's front page: whatever this person may open."""
    return render(request, "accounts/desk.html", {"items": shown(request, "staff"), "roles": roles_of(request.user)})


@allow("signed_in")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("home")
