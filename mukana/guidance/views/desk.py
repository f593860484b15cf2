"""Units, their links and the numbers of guidance."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mukana.accounts.models import Person
from mukana.guidance.actions.units import NameTaken, make_unit, renew_link, switch_unit
from mukana.guidance.forms import UnitForm
from mukana.guidance.models import Unit
from mukana.guidance.queries.numbers import numbers
from mukana.lib.allow import allow
from mukana.lib.clock import today
from mukana.organisations.models import Municipality


@allow("guidance.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All units with their links, and how often people were guided."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        town = Municipality.objects.filter(code=form.cleaned_data["kunta"]).first()
        try:
            make_unit(form.cleaned_data["nimi"], town, by=_by(request))
        except NameTaken:
            form.add_error("nimi", _("Tällä nimellä on jo yksikkö."))
        else:
            return redirect("guidance_desk")
    rows = [(unit, settings.BASE_URL + reverse("guide", args=[unit.key])) for unit in Unit.objects.select_related("municipality")]
    facts = {"form": form, "units": rows, "numbers": numbers(today())}
    return render(request, "guidance/desk.html", facts, status=422 if form.errors else 200)


@allow("guidance.manage")
@require_POST
def change(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A new link, or the link closed or opened."""
    unit = get_object_or_404(Unit, pk=unit_id)
    if request.POST.get("toimi") == "linkki":
        renew_link(unit, by=_by(request))
    else:
        switch_unit(unit, request.POST.get("toimi") == "avaa", by=_by(request))
    return redirect("guidance_desk")


def _by(request: HttpRequest) -> str:
    assert isinstance(request.user, Person)
    return str(request.user.pk)
