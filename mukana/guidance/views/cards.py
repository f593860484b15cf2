"""Conversation cards, and who helps in which matter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mukana.directory.queries.here import chosen_place
from mukana.guidance.queries.agreements import agreements_of
from mukana.guidance.queries.helping import helpers_for
from mukana.guidance.rules.cards import LANGUAGES, Card, card_of, cards
from mukana.lib.allow import allow
from mukana.lib.clock import now, today

NAMES = {"fi": "Suomeksi", "fi-x-selko": "Selkokielellä", "sv": "På svenska", "en": "In English"}
GROUPS = {"municipality": _("Kunta"), "wellbeing_county": _("Hyvinvointialue ja valtio"), "associations": _("Järjestöt ja seurakunnat")}


@allow("public")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All cards."""
    return render(request, "guidance/cards.html", {"cards": _titled(request)})


@allow("public")
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A card for a conversation: permission, questions, what to do and not, where next."""
    card = _card(code)
    language, text = card.text(_language(request))
    versions = [(key, NAMES[key]) for key in LANGUAGES if key != language]
    facts = {"card": card, "text": text, "version": language, "versions": versions, "agreements": agreements_of(code), "today": today()}
    return render(request, "guidance/card.html", facts)


@allow("public")
@require_safe
def helpers(request: HttpRequest) -> HttpResponse:
    """Choose a matter."""
    return render(request, "guidance/helpers.html", {"cards": _titled(request)})


@allow("public")
@require_safe
def helpers_of(request: HttpRequest, code: str) -> HttpResponse:
    """Municipality, county and associations in one matter, each with a phone number."""
    card, place = _card(code), chosen_place(request.COOKIES)
    found = helpers_for(card, place, now())
    groups = [(label, found[name]) for name, label in GROUPS.items()]
    facts = {"card": card, "text": card.text(_language(request))[1], "groups": groups, "place": place}
    return render(request, "guidance/helpers_of.html", facts)


def _card(code: str) -> Card:
    card = card_of(code)
    if card is None:
        raise Http404
    return card


def _titled(request: HttpRequest) -> list[tuple[str, str]]:
    language = _language(request)
    return [(card.code, card.text(language)[1].title) for card in cards()]


def _language(request: HttpRequest) -> str:
    """The version asked for, else selkokieli when it is chosen, else the page's language."""
    asked = request.GET.get("versio", "")
    if asked in LANGUAGES:
        return asked
    return "fi-x-selko" if getattr(request, "selko", False) else get_language() or "fi"
