"""Staff look at two entries side by side and decide."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mukana.directory.models import Entry
from mukana.duplicates import actions
from mukana.duplicates.comparing import comparison
from mukana.duplicates.models import Pair
from mukana.duplicates.queries import fuller, side, sides, twins_of, waiting
from mukana.lib.allow import allow
from mukana.lib.clock import now

SHOWN = 50


@allow("duplicates.decide")
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs that wait, most alike first."""
    found = waiting()
    return render(request, "duplicates/pairs.html", {"pairs": found[:SHOWN], "count": found.count(), **_done(request)})


@allow("duplicates.decide")
def pair(request: HttpRequest, pair: int) -> HttpResponse:
    """Two entries side by side."""
    found = get_object_or_404(Pair, pk=pair)
    first, second = sides(found)
    page = {"pair": found, "first": first, "second": second, "facts": comparison(first, second), **_done(request)}
    page["standing_pk"] = first.entry.merged_into_id or second.entry.merged_into_id or first.entry.pk
    return render(request, "duplicates/pair.html", {**page, "fuller": fuller(first.entry, second.entry)})


@allow("duplicates.decide")
@require_POST
def decide(request: HttpRequest, pair: int) -> HttpResponse:
    """One stands for both, or they are two things; then the next pair."""
    found = get_object_or_404(Pair, pk=pair)
    keep = request.POST.get("keep", "")
    done = _decided(found, keep, str(request.user.pk))
    following = waiting().first()
    address = reverse("duplicate", args=[following.pk]) if following else reverse("duplicates")
    kept = f"&kohde={UUID(keep)}" if done == "merged" else ""
    return redirect(f"{address}?tehty={done}{kept}")


def _done(request: HttpRequest) -> dict[str, object]:
    """What has just been done, and the entry that now stands for two."""
    kept = Entry.objects.filter(pk=pk).first() if (pk := _uuid(request.GET.get("kohde", ""))) else None
    return {"done": request.GET.get("tehty", ""), "standing": kept}


def _uuid(text: str) -> UUID | None:
    """The id that a text tells."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _decided(found: Pair, keep: str, by: str) -> str:
    """What the page says afterwards: merged, apart or refused."""
    try:
        if not keep:
            actions.tell_apart(found, now=now(), by=by)
            return "apart"
        actions.merge(found, keep=UUID(keep), now=now(), by=by)
    except (actions.NotAPair, ValueError):
        return "refused"
    return "merged"


@allow("duplicates.decide")
def merged(request: HttpRequest, entry: UUID) -> HttpResponse:
    """What stands together, what each source says, and how to part them."""
    kept = get_object_or_404(Entry.objects.with_facts(), pk=entry)
    mine = side(kept)
    twins = [(twin, comparison(mine, twin)) for twin in twins_of(kept)]
    return render(request, "duplicates/merged.html", {"kept": mine, "twins": twins, **_done(request)})


@allow("duplicates.decide")
@require_POST
def split(request: HttpRequest, entry: UUID) -> HttpResponse:
    """A merged entry stands on its own again."""
    twin = get_object_or_404(Entry, pk=entry)
    kept = twin.merged_into_id
    try:
        actions.split(twin, now=now(), by=str(request.user.pk))
    except actions.NotAPair:
        return redirect(f"{reverse('duplicates')}?tehty=refused")
    return redirect(f"{reverse('merged', args=[kept])}?tehty=split")
