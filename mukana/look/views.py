"""Settings for the eyes and ears, the gallery of parts, and the pages of errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET, require_http_methods

from mukana.lib.allow import allow
from mukana.look import gallery as parts
from mukana.look import rules
from mukana.look.forms import LanguageForm, ViewForm
from mukana.look.frames import frame_of, on_desk

STYLES = ("tokens", "base", "layout", "site", "controls", "marks", "content", "pages", "media")  # as look/base.html names them


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def view_settings(request: HttpRequest) -> HttpResponse:
    """Theme and text size: a page on its own, and where the header's menu sends."""
    if request.method != "POST":
        return render(request, "look/view_settings.html", {"next_url": _back(request)})
    form = ViewForm(request.POST)
    response = redirect(_back(request))
    if form.is_valid():
        _remember(request, response, "teema", form.cleaned_data["teema"], forget="auto")
        _remember(request, response, "teksti", form.cleaned_data["teksti"], forget="normaali")
    return response


@allow("public")
@require_http_methods(["GET", "HEAD", "POST"])
def language_settings(request: HttpRequest) -> HttpResponse:
    """Language and selkokieli: a page on its own, and where the header's menu sends."""
    if request.method != "POST":
        return render(request, "look/language_settings.html", {"next_url": _back(request)})
    form = LanguageForm(request.POST)
    response = redirect(_back(request))
    if form.is_valid():
        _remember(request, response, "kieli", form.cleaned_data["kieli"])
        _remember(request, response, "selko", form.cleaned_data["selko"], forget="0")
    return response


@allow("public")
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part and its states on one page, for those who make pages and for the tests."""
    return render(request, "look/gallery.html", parts.content())


@allow("public")
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the browser shows without a network; it keeps this page and its looks, and nothing else of ours."""
    return render(request, "look/offline.html")


@allow("public")
@require_GET
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The browser's helper that steps in when the network is away."""
    kept = [static(f"look/css/{name}.css") for name in STYLES]
    response = render(request, "look/offline_worker.js", {"kept": kept}, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or what was sent cannot be read."""
    return render(request, "look/errors/400.html", status=400)


@requires_csrf_token
def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not open the page."""
    return render(request, "look/errors/403.html", {"frame": frame_of(request), "desk": on_desk(request)}, status=403)


@requires_csrf_token
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page."""
    return render(request, "look/errors/404.html", {"frame": frame_of(request), "desk": on_desk(request)}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our own fault.  Asks nothing of the database or of the session."""
    return HttpResponse(render_to_string("look/errors/500.html"), status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form was open too long or cookies are off: says what to do instead of why."""
    return render(
        request, "look/errors/csrf.html", {"title": _("Lomake on ollut auki liian kauan"), "frame": frame_of(request)}, status=403
    )


def _back(request: HttpRequest) -> str:
    """Where to return: `next` of the form or the address, only on this very site."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, None, require_https=request.is_secure())
    return target if safe else "/"


def _remember(request: HttpRequest, response: HttpResponse, name: str, value: str, forget: str = "") -> None:
    """Keep a choice for a year in a cookie of our own; `forget` removes it; "" changes nothing."""
    if not value:
        return
    if value == forget:
        response.delete_cookie(name, path="/", samesite="Lax")
        return
    response.set_cookie(name, value, max_age=rules.YEAR, path="/", samesite="Lax", httponly=True, secure=request.is_secure())
