"""The page in the frame, its script, and the pages where staff make lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.embeds import actions
from mukana.embeds.forms import EmbedForm
from mukana.embeds.models import Embed
from mukana.embeds.queries import asked_of, embeds_for, listed
from mukana.embeds.rules import ORGANISER, ancestors, code
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.look.csp import SELF, policy
from mukana.look.rules import page_language, text_languages
from mukana.search.forms import read
from mukana.search.kept import to_keep
from mukana.themes.snapshot import shown

KEPT = "public, max-age=300, stale-while-revalidate=3600"
SCRIPT = Path(__file__).parent / "static" / "embeds" / "korkeus.js"


@allow("public")
@xframe_options_exempt
@conditional_page
@require_safe
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, the same for everybody who sees it."""
    embed = Embed.objects.select_related("theme", "organisation").filter(slug=slug).first()
    if embed is None:
        return _ended(request)
    language = page_language(embed.language)
    request.text_languages = text_languages(embed.language, selko=False)  # type: ignore[attr-defined]  # read by the tag `text`
    with override(language):
        facts = {"embed": embed, "listed": listed(embed, now()), "all_url": _all_url(embed), "frame_language": language}
        response = render(request, "embeds/frame.html", {**facts, "site_theme": shown(embed.theme) if embed.theme else None})
    response.headers["Content-Language"] = language
    return _framed(response, embed.sites)


@allow("public")
@require_safe
def script(_request: HttpRequest) -> HttpResponse:
    """The little script of other sites: makes a frame as high as its list."""
    response = HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.same_for_all = True  # type: ignore[attr-defined]  # read by look.middleware
    return response


@allow("embeds.manage")
@require_safe
def embeds(request: HttpRequest) -> HttpResponse:
    """Lists within reach."""
    return render(request, "embeds/embeds.html", {"embeds": embeds_for(_by(request))})


@allow("embeds.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, embed_id: UUID | None = None) -> HttpResponse:
    """Choose, save, look, copy."""
    embed = _reached(request, embed_id) if embed_id else Embed(saved_at=now())
    address = request.build_absolute_uri(reverse("search") + asked_of(embed).query()) if embed.search else ""
    form = EmbedForm(request.POST or None, instance=embed, person=_by(request), address=address)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, embed, 422 if request.method == "POST" else 200)
    embed.search = to_keep(read(form.cleaned_data["address"]).asked)
    embed.sites, embed.organisation = form.cleaned_data["origins"], form.found
    actions.save(embed, by=str(request.user.pk))
    return redirect(f"{reverse('embed_edit', args=[embed.pk])}#koodi")


@allow("embeds.manage")
@require_POST
def end(request: HttpRequest, embed_id: UUID) -> HttpResponse:
    """The list is seen no more."""
    actions.end(_reached(request, embed_id), by=str(request.user.pk))
    return redirect("embeds")


def _page(request: HttpRequest, form: EmbedForm, embed: Embed, status: int) -> HttpResponse:
    facts: dict[str, Any] = {"form": form, "embed": embed, "saved": not embed._state.adding}
    if facts["saved"]:
        address = settings.BASE_URL + reverse("embed_frame", args=[embed.slug])
        facts["code"] = code(address, settings.BASE_URL + reverse("embed_script"), f"{embed.title} – Mukana", embed.rows)
    response = render(request, "embeds/edit.html", facts, status=status)
    response.headers["Content-Security-Policy"] = policy(changes={"frame-src": SELF})  # the preview
    return response


def _all_url(embed: Embed) -> str:
    """Where the rest is."""
    if embed.sort == ORGANISER:
        return reverse("organisation", args=[embed.organisation_id])
    return reverse("search") + asked_of(embed).query()


def _ended(request: HttpRequest) -> HttpResponse:
    """Whoever had the code may still show this, so anybody may frame it: it has nothing to press."""
    return _framed(render(request, "embeds/ended.html", status=410), ["*"])


def _framed(response: HttpResponse, sites: list[str]) -> HttpResponse:
    response.headers["Content-Security-Policy"] = policy(changes={"frame-ancestors": ancestors(sites), "form-action": ("'none'",)})
    response.headers["Cache-Control"] = KEPT
    response.same_for_all = True  # type: ignore[attr-defined]  # read by look.middleware
    return response


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the doorkeeper lets in nobody else
    return request.user


def _reached(request: HttpRequest, embed_id: UUID) -> Embed:
    embed = get_object_or_404(Embed.objects.select_related("organisation__parent", "theme"), pk=embed_id)
    if not can(_by(request), "embeds.manage", embed):
        raise PermissionDenied
    return embed
