"""The page that tells what data is open and how to get it, and the files behind it."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mukana.api.dump.files import SERVED, folder, written
from mukana.api.open_data import HEADERS
from mukana.directory.queries.sources import sources
from mukana.lib.allow import allow


@allow("public")
@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What there is, under which licences, how large and of what day."""
    return render(request, "api/open_data.html", {"files": written(), "sources": sources(), "base": settings.BASE_URL})


@allow("public")
@require_safe
def interfaces(request: HttpRequest) -> HttpResponse:
    """The interfaces, with an example of each."""
    return render(request, "api/interfaces.html", {"base": settings.BASE_URL})


@allow("public")
@require_safe
def dump(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file made last night."""
    path = folder() / name
    if name not in SERVED or not path.exists():
        return render(request, "api/no_file.html", status=404)
    return FileResponse(path.open("rb"), content_type=SERVED[name], headers=HEADERS)
