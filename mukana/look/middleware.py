"""What every answer gets: a strict policy, a language, and words where there would be none."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from mukana.look import rules
from mukana.look.csp import policy
from mukana.look.frames import frame_of, on_desk

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), interest-cohort=(), geolocation=(self)",
}


class ContentSecurityPolicy:
    """Nothing inline, nothing from elsewhere.  A header that a view has set stays as it is."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = policy(images=getattr(settings, "TILE_URL", ""))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Language:
    """The language by the visitor's choice, else Finnish (docs/decisions/0005).

    Sets `request.language` (any of six), `request.selko` and `request.text_languages`, and
    activates the language of the site's own words (Finnish, Swedish or English).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("kieli", "")
        page = rules.page_language(chosen)
        request.language = chosen if chosen in rules.LANGUAGES else page  # type: ignore[attr-defined]  # read by look.context
        request.selko = request.COOKIES.get("selko") == "1"  # type: ignore[attr-defined]
        request.text_languages = rules.text_languages(request.language, request.selko)  # type: ignore[attr-defined]
        with translation.override(page):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", page)
        if not getattr(response, "same_for_all", False):  # a view says so of what no choice changes
            patch_vary_headers(response, ["Cookie"])
        return response


class FormOnly:
    """An address that only takes forms, opened as a page, says so instead of being blank; it stays a 405 (and programs' own stay)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        blank = isinstance(response, HttpResponseNotAllowed) and not response.content
        if blank and request.method in ("GET", "HEAD") and request.accepts("text/html"):
            facts = {"frame": frame_of(request), "desk": on_desk(request)}
            response.content = render_to_string("look/errors/405.html", facts, request)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            add_never_cache_headers(response)
        return response
