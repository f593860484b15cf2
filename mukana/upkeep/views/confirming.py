"""The page behind a request: do these still hold?  Opening it confirms nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mukana.directory.freshness import applicable
from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.upkeep import doors
from mukana.upkeep.actions import asking, links
from mukana.upkeep.models import Link
from mukana.upkeep.queries.showing import critical_facts
from mukana.upkeep.rules.codes import CONFIRM, EDIT


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The critical facts of the entries, and one button that confirms them all."""
    try:
        link = links.look(token, CONFIRM)
        if request.method != "POST":
            return render(request, "upkeep/confirm.html", _facts(link))
        result = links.answer(token, _changed(request.POST, link))
    except links.LinkRefused as refusal:
        return _refused(request, refusal, token, CONFIRM)
    doors.open_with(request, result.link)
    facts = {"held": [entry for entry in result.held if entry not in result.changed], "changed": result.changed, "link": result.link}
    return render(request, "upkeep/confirmed.html", facts)


@allow("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open one's own entries for two hours; asks for one press, so that a mail scanner does not use the link up."""
    try:
        link = links.look(token, EDIT)
        if request.method != "POST":
            return render(request, "upkeep/edit_link.html", {"link": link})
        doors.open_with(request, links.use(token, EDIT))
    except links.LinkRefused as refusal:
        return _refused(request, refusal, token, EDIT)
    return redirect("own_entries")


@allow("public")
@require_POST
def again(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """A new link to the same address, in place of a used or an old one."""
    try:
        links.look(token, purpose)
    except links.LinkRefused as refusal:
        sent = refusal.link is not None and asking.send_again(refusal.link)
        return render(request, "upkeep/sent_again.html", {"sent": sent, "link": refusal.link})
    return redirect("confirm" if purpose == CONFIRM else "edit_link", token=token)


def _facts(link: Link) -> dict[str, Any]:
    entries = link.entries.with_facts().order_by("pk")
    return {"link": link, "cards": [(entry, critical_facts(entry)) for entry in entries]}


def _changed(data: QueryDict, link: Link) -> dict[UUID, list[str]]:
    """Entry → critical fields told to have changed; the button for everything tells of none."""
    if "all" in data:
        return {}
    found: dict[UUID, list[str]] = {}
    for entry in link.entries.all():
        moved = [field for field in _fields(entry) if data.get(f"{entry.pk}.{field}") == "changed"]
        if moved:
            found[entry.pk] = moved
    return found


def _fields(entry: Entry) -> tuple[str, ...]:
    return applicable(entry.kind, entry.form)


def _refused(request: HttpRequest, refusal: links.LinkRefused, token: str, purpose: str) -> HttpResponse:
    facts = {"code": refusal.code, "link": refusal.link, "token": token, "purpose": purpose}
    return render(request, "upkeep/refused.html", facts, status=410 if refusal.link else 404)
