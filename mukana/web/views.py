"""Home, the choice of place, and the pages that every public service owes its visitors."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from mukana.directory.queries.here import COOKIE, MAX_AGE, chosen_place
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.web.forms import PlaceForm
from mukana.web.queries import home_page, places_by_region

ROBOTS = "User-agent: *\nDisallow: /tyopoyta/\nDisallow: /kirjaudu/\nDisallow: /haku/?\n"
STATED_ON = date(2026, 11, 22)  # when the accessibility statement was last gone through


@allow("public")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One field, the needs in people's own words, and what happens nearby this week."""
    return render(request, "web/home.html", {"page": home_page(chosen_place(request.COOKIES), now())})


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def place_choice(request: HttpRequest) -> HttpResponse:
    """Choose a municipality; it is kept in a cookie of our own and nowhere else."""
    back = _back(request)
    if request.method != "POST":
        return _choice(request, PlaceForm(), back)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _choice(request, form, back, status=422)
    response = redirect(back)
    code = form.cleaned_data["paikka"]
    if code:
        response.set_cookie(COOKIE, code, max_age=MAX_AGE, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


@allow("public")
@require_safe
def from_home(request: HttpRequest) -> HttpResponse:
    """Everything that can be done from home."""
    return redirect(f"{reverse('search')}?muoto=remote_together&muoto=video_home")


@allow("public")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html", {"email": settings.CONTACT_EMAIL, "stated_on": STATED_ON})


@allow("public")
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visitor: very little, said plainly."""
    return render(request, "web/privacy.html", {"email": settings.CONTACT_EMAIL})


@allow("public")
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything but the desk, logins and searches with words."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@allow("public")
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Our mark for those who ask it by its old name."""
    return redirect(static("look/favicon.ico"))


def _choice(request: HttpRequest, form: PlaceForm, back: str, status: int = 200) -> HttpResponse:
    place = chosen_place(request.COOKIES)
    facts = {"form": form, "back": back, "place": place, "regions": places_by_region(place, get_language() or "fi")}
    return render(request, "web/place_choice.html", facts, status=status)


def _back(request: HttpRequest) -> str:
    """The page to return to, only on this very site."""
    target = request.POST.get("takaisin") or request.GET.get("takaisin") or reverse("home")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, None, require_https=request.is_secure())
    return target if safe else reverse("home")
