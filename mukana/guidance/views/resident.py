"""A resident's way: the need first, a few questions nobody has to answer, then suggestions with their reasons.

What is told comes by POST and is kept nowhere: neither in the address nor in a log nor in the database.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.directory.labels import NEED_ICONS
from mukana.directory.queries.entry import short_id
from mukana.directory.queries.here import chosen_place
from mukana.guidance.actions.counting import count_asking
from mukana.guidance.forms import WishForm
from mukana.guidance.picks import COOKIE, added, keep, shorts_of
from mukana.guidance.queries.page import page_of
from mukana.lib.allow import allow
from mukana.lib.clock import now


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    """Tiles; after one of them the questions; after them the suggestions."""
    place = chosen_place(request.COOKIES)
    town = place.name_fi if place else ""
    if request.method != "POST" and (code := _known(request.GET.get("tarve", ""))):
        return _questions(request, code, town)
    if request.method != "POST":
        return render(request, "guidance/need.html", {"form": WishForm(initial={"kunta": town}), "needs": NEED_ICONS})
    if "kysy" in request.POST:
        return _questions(request, _known(request.POST["kysy"]), town)
    form = WishForm(request.POST)
    if not form.is_valid():
        return render(request, "guidance/questions.html", {"form": form, "need": _known(request.POST.get("tarve", ""))}, status=422)
    picks = request.COOKIES.get(COOKIE, "")
    page = page_of(form.wish(), now())
    if "poimi" in request.POST:
        picks = added(picks, request.POST["poimi"])
    else:
        count_asking(form.cleaned_data["kerran"], page.lack, form.subject(page.topic), form.cleaned_data["kunta"], None)
    held = shorts_of(picks)
    facts = {"form": form, "page": page, "need": form.cleaned_data["tarve"], "picked": [one for one in page.ids if short_id(one) in held]}
    return keep(request, render(request, "guidance/suggestions.html", {**facts, "held": len(held)}), picks)


def _questions(request: HttpRequest, code: str, town: str) -> HttpResponse:
    """The questions after one of the tiles, here or on another page."""
    return render(request, "guidance/questions.html", {"form": WishForm(initial={"tarve": code, "kunta": town}), "need": code})


def _known(code: str) -> str:
    return code if code in NEED_ICONS else ""
