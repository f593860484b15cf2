"""A professional's minute: whom, what is missing, what stands in the way, on one screen; picks are ticks of the same form.

Opened by a unit's link, without logging in, or by somebody signed in.  What is typed and picked is kept nowhere.
"""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mukana.directory.models import Entry
from mukana.guidance.actions.counting import count_asking, count_given
from mukana.guidance.actions.giving import BadAddress, send_picks
from mukana.guidance.forms import WishForm
from mukana.guidance.models import Unit
from mukana.guidance.picks import MOST, token_of
from mukana.guidance.queries.page import Page, page_of
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.look import navigation

SUGGESTED = 8


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, key: str) -> HttpResponse:
    """Behind a unit's link."""
    unit = Unit.objects.select_related("municipality").filter(key=key, active=True).first()
    if unit is None:
        raise Http404
    return _guide(request, unit)


@allow("guidance.guide")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: HttpRequest) -> HttpResponse:
    """The same for those who are signed in."""
    return _guide(request, None)


def _guide(request: HttpRequest, unit: Unit | None) -> HttpResponse:
    town = unit.municipality.name_fi if unit and unit.municipality else ""
    if request.method != "POST":
        return _page(request, unit, WishForm(initial={"kunta": town}), None)
    form, entries = WishForm(request.POST), _picked(request)
    does = request.POST.get("toimi", "")
    if entries and does in ("tulosta", "qr"):
        count_given("print" if does == "tulosta" else "qr", [entry.pk for entry in entries], unit)
        return redirect("picks_print" if does == "tulosta" else "picks", token=token_of(entry.pk for entry in entries))
    onward = next((item for item in navigation.shown(request, "onward") if does == item.url), None)
    if onward:
        return redirect(f"{onward.url}?poiminnat={token_of(entry.pk for entry in entries)}")
    if not form.is_valid():
        return _page(request, unit, form, None, status=422)
    page = page_of(form.wish(), now(), SUGGESTED)
    said, problem = "", ""
    if does == "laheta":
        said, problem = _send(request, entries, unit)
    else:
        count_asking(form.cleaned_data["kerran"], page.lack, form.subject(page.topic), form.cleaned_data["kunta"], unit)
    return _page(request, unit, form, page, said=said, problem=problem, entries=entries, status=422 if problem else 200)


def _send(request: HttpRequest, entries: list[Entry], unit: Unit | None) -> tuple[str, str]:
    """What to say of it: (done, problem)."""
    to = request.POST.get("vastaanottaja", "").strip()
    if not entries:
        return "", _("Valitse ensin, mitä lähetetään.")
    if not ratelimit.consume(request, action="picks", key=to.lower()):
        return "", _("Viestejä lähti niin monta, että seuraava lähtee vasta tunnin kuluttua.")
    try:
        send_picks(to, entries, unit=unit)
    except BadAddress:
        return "", _("Tästä ei löydy puhelinnumeroa eikä sähköpostia. Tarkista kirjoitus.")
    return _("Lähetetty. Numero tai osoite poistetaan, kun viesti on perillä."), ""


def _picked(request: HttpRequest) -> list[Entry]:
    ids = []
    for value in request.POST.getlist("poimi")[:MOST]:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue
    found = {entry.pk: entry for entry in Entry.objects.public().select_related("organisation").filter(pk__in=ids)}
    return [found[one] for one in ids if one in found]


def _page(request: HttpRequest, unit: Unit | None, form: WishForm, page: Page | None, **more: object) -> HttpResponse:
    status = int(str(more.pop("status", 200)))
    entries = more.get("entries") or []
    shown = set(page.ids) if page else set()
    facts = {
        "onward": navigation.shown(request, "onward"),
        "unit": unit, "form": form, "page": page, "picked": {entry.pk for entry in entries},  # type: ignore[attr-defined]
        "kept": [entry for entry in entries if entry.pk not in shown], **more,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "guidance/guide.html", facts, status=status)
