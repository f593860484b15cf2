"""Omat poiminnat: gathered in a cookie of our own, shown by an address that holds the list itself, given along."""

from __future__ import annotations

import io

from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.directory.models import Entry
from mukana.directory.queries.rows import rows
from mukana.guidance.actions.counting import count_given
from mukana.guidance.actions.giving import BadAddress, send_picks
from mukana.guidance.forms import GiveForm
from mukana.guidance.picks import COOKIE, keep, picked, shorts_of, toggled, token_of
from mukana.lib.allow import allow
from mukana.lib.clock import now


@allow("public")
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The visitor's own list."""
    return _list(request, request.COOKIES.get(COOKIE, ""), own=True)


@allow("public")
@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A list that somebody was given."""
    return _list(request, _checked(token), own=False)


@allow("public")
@require_POST
def toggle(request: HttpRequest) -> HttpResponse:
    """Add an entry to one's list or take it away, and go back."""
    try:
        entry = Entry.objects.public().only("pk").get(pk=request.POST.get("kohde", ""))
    except (Entry.DoesNotExist, ValidationError) as problem:
        raise Http404 from problem
    return keep(request, redirect(_back(request)), toggled(request.COOKIES.get(COOKIE, ""), entry.pk))


@allow("public")
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Forget the list."""
    response = redirect("picks_mine")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@allow("public")
@never_cache
@sensitive_post_parameters()
@require_http_methods(["POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Print, show as a code, or send to a number or an address."""
    entries = picked(_checked(token))
    if not entries:
        raise Http404
    form = GiveForm(request.POST)
    if request.POST.get("toimi") == "tulosta":
        count_given("print", [entry.pk for entry in entries], None)
        return redirect("picks_print", token=token)
    if not form.is_valid():
        return _list(request, token, own=False, form=form, status=422)
    to = form.cleaned_data["vastaanottaja"]
    if not ratelimit.consume(request, action="picks", key=to.lower()):
        form.add_error(None, _("Viestejä lähti niin monta, että seuraava lähtee vasta tunnin kuluttua."))
        return _list(request, token, own=False, form=form, status=429)
    try:
        send_picks(to, entries)
    except BadAddress:
        form.add_error("vastaanottaja", _("Tästä ei löydy puhelinnumeroa eikä sähköpostia. Tarkista kirjoitus."))
        return _list(request, token, own=False, form=form, status=422)
    return _list(request, token, own=False, said=_("Lähetetty. Numero tai osoite poistetaan, kun viesti on perillä."))


@allow("public")
@never_cache
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The list for paper; `?koko=26` in 26 pt."""
    entries = picked(_checked(token))
    if not entries:
        raise Http404
    facts = {
        "rows": rows([entry.pk for entry in entries], now()),
        "token": token,
        "huge": request.GET.get("koko") == "26",
        "printed_at": now(),
    }
    return render(request, "guidance/paper.html", facts)


@allow("public")
@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """The list's address as a QR code (SVG)."""
    import segno  # few ask, and the library takes 10 MB

    drawing = io.BytesIO()
    code = segno.make(settings.BASE_URL + reverse("picks", args=[_checked(token)]), error="m")
    code.save(drawing, kind="svg", border=4, scale=4, svgclass=None, lineclass=None, xmldecl=False, light="white")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _checked(token: str) -> str:
    shorts = shorts_of(token)
    if not shorts:
        raise Http404
    return "-".join(shorts)


def _list(request: HttpRequest, token: str, *, own: bool, status: int = 200, **more: object) -> HttpResponse:
    entries = picked(token)
    facts = {
        "rows": rows([entry.pk for entry in entries], now()),
        "token": token_of(entry.pk for entry in entries), "own": own, "form": GiveForm(), **more,
    }  # fmt: skip
    return render(request, "guidance/picks.html", facts, status=status)


def _back(request: HttpRequest) -> str:
    """The page to return to, only on this very site; suggestions themselves cannot be returned to, so the list is shown."""
    target = request.POST.get("takaisin", "")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, None, require_https=request.is_secure())
    return target if safe else reverse("picks_mine")
