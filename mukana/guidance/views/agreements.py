"""The coordinator's practice agreements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mukana.accounts.models import Person
from mukana.guidance.actions import agreements
from mukana.guidance.forms import AcceptanceForm, AgreementForm
from mukana.guidance.models import Agreement
from mukana.lib.allow import allow
from mukana.lib.clock import today

FIELDS = {
    "title": "otsikko", "version": "versio", "text": "teksti", "cards": "kortit", "contact_name": "vastuu",
    "contact_phone": "puhelin", "rhythm": "rytmi", "review_on": "tarkistus",
}  # fmt: skip


@allow("guidance.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All agreements, those to be reviewed first; and a new version."""
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreements.agree({name: form.cleaned_data[field] for name, field in FIELDS.items()}, by=_by(request))
        except agreements.VersionTaken:
            form.add_error("versio", _("Tämä versio on jo kirjattu. Anna uusi versio."))
        else:
            return redirect("agreements_desk")
    rows = Agreement.objects.filter(in_force=True).prefetch_related("acceptances").order_by("review_on")
    facts = {"form": form, "agreements": rows, "acceptance": AcceptanceForm(), "today": today()}
    return render(request, "guidance/agreements.html", facts, status=422 if form.errors else 200)


@allow("guidance.manage")
@require_POST
def accept(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """An organisation accepts."""
    agreement, form = get_object_or_404(Agreement, pk=agreement_id), AcceptanceForm(request.POST)
    if form.is_valid():
        agreements.accept(agreement, form.cleaned_data["jarjesto"], form.cleaned_data["yhteys"], by=_by(request))
    return redirect("agreements_desk")


def _by(request: HttpRequest) -> str:
    assert isinstance(request.user, Person)
    return str(request.user.pk)
