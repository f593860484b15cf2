"""Pictures: served to everybody, kept by staff."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mukana.accounts.queries import can
from mukana.directory.actions import photographs as actions
from mukana.directory.forms import PhotographForm
from mukana.directory.models import Entry, Photograph, Place
from mukana.directory.queries.photographs import picture_file, things_named
from mukana.lib.allow import allow
from mukana.lib.text import squeeze

YEAR_S = 365 * 24 * 3600
MAY = "entries.edit"


@allow("public")
@require_safe
def picture(request: HttpRequest, photograph: UUID, size: str) -> HttpResponse:
    """One size of a picture; it never changes under its address."""
    found = picture_file(photograph, size)
    if found is None:
        raise Http404
    headers = {"Cache-Control": f"public, max-age={YEAR_S}, immutable", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(bytes(found.data), content_type="image/jpeg", headers=headers)


@allow(MAY)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Find the entry or the place to give a picture to; below, the newest pictures."""
    words = squeeze(request.GET.get("q"))[:100]
    entries, places = things_named(words)
    latest = Photograph.objects.select_related("entry", "place").order_by("-added_at", "id")[:20]
    return render(request, "directory/photograph_desk.html", {"q": words, "entries": entries, "places": places, "latest": latest})


@allow(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def of_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The pictures of an entry."""
    return _page(request, get_object_or_404(Entry.objects.select_related("organisation", "place"), pk=entry_id))


@allow(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def of_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The pictures of a place."""
    return _page(request, get_object_or_404(Place, pk=place_id))


@allow(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, photograph: UUID) -> HttpResponse:
    """Ask, and then take the picture away."""
    found = get_object_or_404(Photograph.objects.select_related("entry__organisation", "place"), pk=photograph)
    thing = found.entry or found.place
    assert thing is not None  # the database sees to it
    _check(request, thing)
    if request.method == "POST":
        actions.remove(found, by=str(request.user.pk))
        return redirect(_address(thing))
    return render(request, "directory/photograph_remove.html", {"photograph": found, "back": _address(thing)})


def _page(request: HttpRequest, thing: Entry | Place) -> HttpResponse:
    _check(request, thing)
    form = PhotographForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.add(thing, form.cleaned_data["file"], **form.facts(), by=str(request.user.pk))
        return redirect(_address(thing))
    facts = {
        "thing": thing,
        "entry": thing if isinstance(thing, Entry) else None,
        "form": form,
        "photographs": thing.photographs.all(),
        "public": reverse("entry" if isinstance(thing, Entry) else "place", args=[thing.pk]),
    }
    return render(request, "directory/photographs.html", facts, status=422 if form.errors else 200)


def _check(request: HttpRequest, thing: Entry | Place) -> None:
    """An entry's pictures are kept by its organiser's people, a place's by those of the whole region."""
    if not can(request.user, MAY, thing):
        raise PermissionDenied(MAY)


def _address(thing: Entry | Place) -> str:
    return reverse("photographs_of_entry" if isinstance(thing, Entry) else "photographs_of_place", args=[thing.pk])
