"""The page of one entry, on screen, on paper, in a calendar and as a code to point a phone at."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mukana.directory.models import Entry
from mukana.directory.queries.entry import SELKO, EntryPage, Merged, Withdrawn, by_short_id, entry_page, short_id
from mukana.directory.queries.here import chosen_place, point_of
from mukana.directory.queries.towns import ground_of
from mukana.lib.allow import allow
from mukana.lib.clock import now


@allow("public")
@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Everything a person needs for deciding to go, and for getting there."""
    return _shown(request, entry_id, "directory/entry.html")


@allow("public")
@require_safe
def entry_print(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One A4: what, when, who meets, and the number to call."""
    return _shown(request, entry_id, "directory/entry_print.html")


@allow("public")
@require_safe
def entry_calendar(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The dates ahead for the calendar of a phone."""
    from mukana.directory.calendar import calendar_of  # few ask, and the library takes 9 MB

    try:
        page = entry_page(entry_id, now(), all_dates=True)
    except Entry.DoesNotExist:
        return _gone(request, None)
    except Merged as error:
        return redirect("entry_calendar", entry_id=error.kept)
    except Withdrawn as error:
        return _gone(request, error.entry)
    response = HttpResponse(calendar_of(page, _address(page.entry)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mukana.ics"'
    return response


@allow("public")
@require_safe
@cache_control(public=True, max_age=86400)
def entry_qr(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The short address as a QR code (SVG), with its quiet zone."""
    import segno  # few ask, and the library takes 10 MB

    drawing = io.BytesIO()
    code = segno.make(_short_address(entry_id), error="m")
    code.save(drawing, kind="svg", border=4, scale=4, svgclass=None, lineclass=None, xmldecl=False)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@allow("public")
@require_safe
def short_address(request: HttpRequest, short: str) -> HttpResponse:
    """The address of paper and text messages: leads to the entry."""
    try:
        return redirect("entry", entry_id=by_short_id(short).pk)
    except Entry.DoesNotExist:
        return _gone(request, None)


def _shown(request: HttpRequest, entry_id: UUID, template: str) -> HttpResponse:
    place = chosen_place(request.COOKIES)
    try:
        page = entry_page(entry_id, now(), all_dates=request.GET.get("ajat") == "kaikki", origin=point_of(place))
    except Entry.DoesNotExist:
        return _gone(request, None)
    except Merged as error:
        assert request.resolver_match is not None  # a view was found, or we would not be here
        return redirect(request.resolver_match.view_name, entry_id=error.kept)
    except Withdrawn as error:
        return _gone(request, error.entry)
    _choose_version(request, page)
    return render(request, template, _facts(request, page))


def _facts(request: HttpRequest, page: EntryPage) -> dict[str, Any]:
    return {
        "page": page,
        "entry": page.entry,
        "ground": ground_of(page.entry, chosen_place(request.COOKIES)),
        "version": _version(request),
        "address": _address(page.entry),
        "short": short_id(page.entry.pk),
        "short_link": _short_address(page.entry.pk),
        "short_address": _short_address(page.entry.pk).split("://")[-1],
        "printed_at": now(),
        "back": _search_before(request),
    }


def _search_before(request: HttpRequest) -> str:
    """The results the reader came from, with their conditions; "" when from elsewhere."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/haku/"):
        return ""
    return f"{came_from.path}?{came_from.query}"


def _choose_version(request: HttpRequest, page: EntryPage) -> None:
    """`?versio=selko` or a language puts that text first, on this page only."""
    version = _version(request)
    if version in page.text_versions:
        request.text_languages = (version, *_languages(request))  # type: ignore[attr-defined]  # set by look.middleware
    elif version == "fi":
        request.text_languages = ("fi",)  # type: ignore[attr-defined]


def _version(request: HttpRequest) -> str:
    wanted = request.GET.get("versio", "")
    if not wanted and getattr(request, "selko", False):
        return SELKO
    return SELKO if wanted == "selko" else wanted


def _languages(request: HttpRequest) -> tuple[str, ...]:
    return tuple(getattr(request, "text_languages", ("fi",)))


def _address(entry: Entry) -> str:
    return settings.BASE_URL + reverse("entry", args=[entry.pk])


def _short_address(entry_id: UUID) -> str:
    return settings.BASE_URL + reverse("short_address", args=[short_id(entry_id)])


def _gone(request: HttpRequest, entry: Entry | None) -> HttpResponse:
    """410 when it was here once, 404 when it never was; both show ways on."""
    return render(request, "directory/gone.html", {"entry": entry}, status=410 if entry else 404)
