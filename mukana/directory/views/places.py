"""A place and what happens there; an organiser and what it arranges."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mukana.directory.models import Place
from mukana.directory.queries.here import chosen_place
from mukana.directory.queries.places import organisation_page, place_page
from mukana.directory.queries.sources import sources as all_sources
from mukana.directory.queries.towns import ground_of
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.organisations.models import Organisation


@allow("public")
@require_safe
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """What happens here, what the doors are like, when it is open."""
    try:
        page = place_page(place_id, now())
    except Place.DoesNotExist:
        return render(request, "directory/gone.html", status=404)
    return render(
        request, "directory/place.html", {"page": page, "place": page.place, "ground": ground_of(page.place, chosen_place(request.COOKIES))}
    )


@allow("public")
@require_safe
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Whom to call, and what they arrange."""
    try:
        page = organisation_page(organisation_id, now())
    except Organisation.DoesNotExist:
        return render(request, "directory/gone.html", status=404)
    return render(request, "directory/organisation.html", {"page": page, "organisation": page.organisation})


@allow("public")
@require_safe
def attribution(request: HttpRequest) -> HttpResponse:
    """Where everything comes from, and whom to thank."""
    return render(request, "directory/attribution.html", {"sources": all_sources()})
