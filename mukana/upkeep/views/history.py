"""The history of an entry, and taking an earlier value or the source's word back."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mukana.directory.models import Entry
from mukana.lib.allow import allow
from mukana.upkeep import doors
from mukana.upkeep.actions import editing
from mukana.upkeep.models import Edit
from mukana.upkeep.views.refusing import refused

PER_PAGE = 40


@allow("public")
@require_safe
def history(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Every change: who, when, through which door, before and after."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent"), pk=entry_id)
    doer = doors.keeper(request, entry)
    if doer is None and doors.keeper(request, entry, "entries.confirm") is None:
        return refused(request)
    page = Paginator(Edit.objects.filter(entry=entry), PER_PAGE).get_page(request.GET.get("sivu"))
    rows = [(edit, doer is not None and editing.can_take_back(edit.key)) for edit in page.object_list]
    return render(request, "upkeep/history.html", {"entry": entry, "rows": rows, "page": page, "done": request.GET.get("tehty", "")})


@allow("public")
@require_POST
def take_back(request: HttpRequest, edit_id: int) -> HttpResponse:
    """The value before this edit stands again."""
    edit = get_object_or_404(Edit.objects.select_related("entry__organisation__parent"), pk=edit_id)
    doer = doors.keeper(request, edit.entry)
    if doer is None or not editing.can_take_back(edit.key):
        return refused(request)
    editing.take_back(edit, doer)
    return redirect(f"{reverse('entry_history', args=[edit.entry_id])}?tehty=palautettu")


@allow("public")
@require_POST
def follow_source(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The source's word stands again."""
    entry = get_object_or_404(Entry.objects.select_related("organisation__parent"), pk=entry_id)
    doer = doors.keeper(request, entry)
    if doer is None:
        return refused(request)
    editing.follow_source(entry, request.POST.get("key", ""), doer)
    return redirect("upkeep_entry", entry_id=entry.pk)
