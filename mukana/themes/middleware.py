"""Which theme an answer has: that of the address /y/TUNNUS/, else of the host name, else the site's own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from mukana.themes.snapshot import theme_at, theme_of

PREFIX = "/y/"
Answer = Callable[[HttpRequest], HttpResponse]


class Themes:
    """Sets `request.site_theme` (a `snapshot.SiteTheme` or None).

    Under a theme's own address the rest of the path is the site's: the script prefix moves, so that every link of
    the page stays under it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slug, _, rest = request.path_info.removeprefix(PREFIX).partition("/")
        theme = theme_of(slug) if request.path_info.startswith(PREFIX) else None
        request.site_theme = theme or theme_at(request.META.get("HTTP_HOST", ""))  # type: ignore[attr-defined]  # read by look.context
        if theme is None:
            return self.get_response(request)
        before = get_script_prefix()
        request.path_info = request.META["PATH_INFO"] = f"/{rest}"
        set_script_prefix(f"{before.rstrip('/')}{PREFIX}{slug}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)
