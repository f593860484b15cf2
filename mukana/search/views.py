"""The results page, and the words offered while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mukana.directory.labels import NEED_ICONS
from mukana.directory.queries.here import chosen_place
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.search import chips
from mukana.search.actions import note_unanswered
from mukana.search.forms import LONGEST, read
from mukana.search.offers import left_out, near_town, points, understood, views_of
from mukana.search.pages import ResultsPage, results_page
from mukana.search.queries import position, suggest


@allow("public")
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What was found, as a list that is complete without the map, and the map."""
    question = read(request.GET)
    asked = replace(question.asked, professional=request.user.is_authenticated)
    page = results_page(asked, chosen_place(request.COOKIES), now())
    problems = list(question.problems)
    if not page.result.total and position() is None:
        problems.append(_("Hakua valmistellaan juuri nyt. Kokeile hetken päästä uudelleen tai soita."))
    elif question.asked.text and not page.result.total:
        note_unanswered(question.asked.text)
    return render(request, "search/results.html", {**_facts(page), "problems": problems})


@allow("public")
@require_safe
def offer_words(request: HttpRequest) -> HttpResponse:
    """{"words": […]} for what has been typed so far."""
    typed = request.GET.get("q", "")[:LONGEST].strip()
    response = JsonResponse({"words": list(suggest(typed)) if typed else []})
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _facts(page: ResultsPage) -> dict[str, Any]:
    language = get_language() or "fi"
    return {
        "page": page,
        "asked": page.asked,
        "chips": chips.chips(page.asked, language, near=page.origin is not None),
        "groups": chips.groups(page.asked, page.result.facets, language),
        "feature_options": chips.feature_options(page.asked, page.result.facets),
        "distances": chips.NEAR_KM,
        "left_out": left_out(page),
        "understood": understood(page, language),
        "near_town": near_town(page, language),
        "views": views_of(page.asked),
        "all_url": replace(page.asked, everything=True).query(),
        "points": points(page) if settings.TILE_URL else "",
        "need_codes": NEED_ICONS,
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
    }
