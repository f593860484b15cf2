"""What pages behind a link in a message share: one form does one thing, and a dead link says why."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.parts import ONCE

STATUSES = {"unknown": 404, "answered": 410, "declined": 410, "expired": 410, "released": 410, "recalled": 410}
SENDS = "view_again"  # the limit of sending the page's link
DONE = "tehty"  # what the page says after a deed, in the address


def once(request: HttpRequest, deed: str) -> str:
    """The form's own key with what was done, so that the back button and another button of the page are another deed."""
    key = request.POST.get(ONCE, "")[:40]
    return f"{key}:{deed}" if key else ""


def fresh() -> str:
    """A new key for the forms of a page."""
    return str(uuid4())


def shut(request: HttpRequest, refused: Refused, status: int = 0, **more: Any) -> HttpResponse:
    """The link opens nothing (any more), and why."""
    found = status or STATUSES.get(refused.code, 403)
    facts = {"title": _titles().get(refused.code) or _("Linkki ei enää toimi"), "words": words_of(refused), "code": refused.code}
    return render(request, "referrals/link_shut.html", {**facts, **more}, status=found)


def _titles() -> dict[str, str]:
    return {
        "unknown": _("Tätä linkkiä ei löydy"),
        "answered": _("Tähän on jo vastattu"),
        "declined": _("Kiitos vastauksesta"),
        "expired": _("Ehdimme kysyä jo toista"),
        "recalled": _("Tätä ei enää tarvita"),
        "withdrawn": _("Lupa on peruttu"),
        "over": _("Tämän sivun aika on päättynyt"),
        "released": _("Tämä ei ole enää sinulla"),
        "not_yours": _("Tämä ei ole enää sinun"),
    }
