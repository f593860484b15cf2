"""The style sheet and the logo of a theme, and the pages where it is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.lib.colours import normal
from mukana.look import gallery
from mukana.look import rules as look_rules
from mukana.themes import actions
from mukana.themes.forms import ThemeForm
from mukana.themes.models import Theme
from mukana.themes.queries import themes_for
from mukana.themes.rules import CORNERS, FONTS, Given, changes, css, made
from mukana.themes.snapshot import shown, theme_of

YEAR = "public, max-age=31536000, immutable"
PARTS = {"brand": _("Pääväri"), "accent": _("Korostusväri"), "tint": _("Taustasävy")}
HOW = {
    "darker": _("Tummensimme väriä, jotta teksti erottuu."),
    "lighter": _("Vaalensimme väriä, jotta teksti erottuu."),
    "paler": _("Haalensimme väriä, jotta teksti erottuu."),
}


@allow("public")
@require_safe
def theme_css(request: HttpRequest, slug: str) -> HttpResponse:
    """The tokens of a theme; kept for a year, because its address changes with it."""
    theme = theme_of(slug)
    if theme is None:
        raise Http404
    return _style(css(theme.given), YEAR if request.GET.get("v") == theme.version else "public, max-age=60")


@allow("public")
@require_safe
def theme_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """The logo as PNG."""
    theme = get_object_or_404(Theme, slug=slug)
    if not theme.logo:
        raise Http404
    response = HttpResponse(bytes(theme.logo), content_type="image/png")
    response.headers["Cache-Control"] = YEAR if request.GET.get("v") == shown(theme).version else "public, max-age=60"
    return response


@allow("themes.edit")
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Themes within reach."""
    return render(request, "themes/themes.html", {"themes": themes_for(_by(request)), "done": request.GET.get("tehty", "")})


@allow("themes.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, theme_id: UUID | None = None) -> HttpResponse:
    """Choose, look, save.  What had to give way is shown before it is saved."""
    theme = _reached(request, theme_id) if theme_id else Theme(saved_at=now())
    form = ThemeForm(request.POST or None, request.FILES or None, instance=theme, person=_by(request))
    if request.method != "POST":
        return _page(request, form, theme)
    if not form.is_valid():
        return _page(request, form, theme, 422)
    wanted = form.theme()
    told = changes(wanted.given)
    if told and [change.after for change in told] != request.POST.getlist("seen"):
        return _page(request, form, wanted, asked=True)
    actions.save(wanted, by=str(request.user.pk), logo=form.made_logo)
    return redirect("theme_preview", theme_id=wanted.pk)


@allow("themes.edit")
@require_POST
def remove(request: HttpRequest, theme_id: UUID) -> HttpResponse:
    """Back to the site's own look."""
    actions.remove(_reached(request, theme_id), by=str(request.user.pk))
    return redirect("themes")


@allow("themes.edit")
@require_safe
def preview(request: HttpRequest, theme_id: UUID) -> HttpResponse:
    """Every part of the look in this theme, light, dark or with high contrast."""
    theme = _reached(request, theme_id)
    chosen = request.GET.get("teema", "")
    facts = {"theme": chosen if chosen in look_rules.THEMES else "vaalea", "site_theme": shown(theme), "shown": theme}
    return render(request, "themes/preview.html", {**gallery.content(), **facts, "told": _told(theme.given)})


@allow("themes.edit")
@require_safe
def draft_css(request: HttpRequest) -> HttpResponse:
    """The style sheet of colours that are not saved yet."""
    colours = [normal(request.GET.get(name, "")) for name in ("brand", "accent", "tint")]
    corner, font = request.GET.get("corner", "14"), request.GET.get("font", "ysabeau")
    if not all(colours) or font not in FONTS or corner not in map(str, CORNERS):
        raise Http404
    return _style(css(Given(colours[0], colours[1], colours[2], font, int(corner))), "private, max-age=3600")


def _page(request: HttpRequest, form: ThemeForm, theme: Theme, status: int = 200, *, asked: bool = False) -> HttpResponse:
    facts: dict[str, Any] = {"form": form, "theme_row": theme, "saved": theme.pk and not theme._state.adding, "asked": asked}
    told = _told(theme.given) if status == 200 else []
    return render(request, "themes/edit.html", {**facts, "told": told, "made": made(theme.given) if status == 200 else None}, status=status)


def _told(given: Given) -> list[dict[str, Any]]:
    return [{"part": PARTS[one.part], "before": one.before, "after": one.after, "sentence": HOW[one.how]} for one in changes(given)]


def _style(text: str, kept: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = kept
    return response


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user


def _reached(request: HttpRequest, theme_id: UUID) -> Theme:
    theme = get_object_or_404(Theme.objects.select_related("organisation__parent"), pk=theme_id)
    if not can(_by(request), "themes.edit", theme):
        raise PermissionDenied
    return theme
