"""Coming in and going out."""

from __future__ import annotations

from allauth.account import views as engine
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mukana.accounts.actions.login_links import LinkRefused, use_login_link
from mukana.accounts.models import Person
from mukana.accounts.oidc.providers import providers
from mukana.accounts.queries import roles_of
from mukana.audit.actions import record
from mukana.lib.allow import allow


class LoginPage(engine.RequestLoginCodeView):  # type: ignore[misc]  # allauth carries no types
    """The form for the address, the other ways in, and why the last try ended."""

    template_name = "accounts/login.html"

    def get_context_data(self, **facts: object) -> dict[str, object]:
        """With the ways in and the notice of a try that ended."""
        notice = self.request.session.pop("login_notice", "") if settings.SESSION_COOKIE_NAME in self.request.COOKIES else ""
        found: dict[str, object] = super().get_context_data(**facts)
        return {**found, "demo": settings.DEMO, "providers": providers(), "notice": notice, "next": safe_next(self.request)}


class CodePage(engine.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth carries no types
    """The form for the code."""

    template_name = "accounts/code.html"

    def get_context_data(self, **facts: object) -> dict[str, object]:
        """With the page to go on to."""
        found: dict[str, object] = super().get_context_data(**facts)
        return {**found, "next": safe_next(self.request)}


@allow("public")
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """How staff get in; `?alusta=1` forgets a login that was begun."""
    if "alusta" in request.GET and not request.user.is_authenticated:
        clear_login(request)
    return _answer(LoginPage.as_view()(request))


@allow("public")
def code(request: HttpRequest) -> HttpResponse:
    """The code that came by e-mail; the same page whether or not anything came."""
    return _answer(CodePage.as_view()(request))


@allow("public")
@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    """An account that has been ended tries to get in."""
    return render(request, "accounts/ended.html")


@allow("public")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: the page asks for one press, so that a mail scanner does not use the link up."""
    if request.method != "POST":
        return render(request, "accounts/enter.html")
    try:
        person = use_login_link(token)
    except LinkRefused as refusal:
        return render(request, "accounts/refused.html", {"code": refusal.code}, status=410)
    return let_in(request, person, method="link")


@allow("desk.see")
def desk(request: HttpRequest) -> HttpResponse:
    """The staff's front page: whatever this person may open."""
    return render(request, "accounts/desk.html", {"roles": roles_of(request.user)})


@allow("signed_in")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    record("signed_out", f"accounts.Person:{request.user.pk}", by=str(request.user.pk))
    end_session(request)
    return redirect("home")


def let_in(request: HttpRequest, person: Person, *, method: str, next_url: str = "") -> HttpResponse:
    """Begin the session, after the second step when the person has one."""
    if request.user.is_authenticated:  # somebody else was logged in on this browser
        end_session(request)
    record_authentication(request, person, method=method)
    answer: HttpResponse = perform_login(request, person, redirect_url=next_url or None)
    return answer


def safe_next(request: HttpRequest) -> str:
    """Where to go after logging in: only a path on this very site, else ""."""
    from mukana.accounts.adapters import LoginAdapter

    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if LoginAdapter(request).is_safe_url(wanted) else ""


def _answer(response: HttpResponse) -> HttpResponse:
    """A form with something to mend is not a success."""
    if response.status_code == 200 and getattr(response, "context_data", None):
        form = response.context_data.get("form")  # type: ignore[attr-defined]  # a TemplateResponse
        response.status_code = 422 if form is not None and form.errors else 200
    return response
