"""Who coordinates each municipality, and who stands in for whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mukana.accounts.models import Person
from mukana.lib.allow import allow
from mukana.referrals.actions.staffing import end_absence
from mukana.referrals.forms.staffing import AbsenceForm, AreaForm
from mukana.referrals.models import Absence, Area
from mukana.referrals.queries import staffing
from mukana.referrals.queries.unanswered import is_answered
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import Refused
from mukana.referrals.views.case_parts import person_of

SAID = {
    "alue": _("Alue on tallennettu. Avoimet vuorot siirtyivät uusille ihmisille."),
    "poissa": _("Poissaolo on kirjattu. Sijainen näkee vuorot omassa päivässään."),
    "takaisin": _("Poissaolo on poistettu."),
}


@allow("referrals.coordinate")
@never_cache
@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Every area, and absences to come."""
    person = person_of(request)
    rows = [(one, count, staffing.may_staff(person, one) or not is_answered(one)) for one, count in staffing.staffed()]
    facts = {"rows": rows, "absences": staffing.absences_with(person), "said": SAID.get(request.GET.get("tehty", ""), "")}
    return render(request, "referrals/areas.html", facts)


@allow("referrals.coordinate")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, code: str = "") -> HttpResponse:
    """One area's people; without a code a new area."""
    found = get_object_or_404(Area.objects.select_related("municipality"), pk=code) if code else None
    if not staffing.may_staff(person_of(request), found) and (found is None or is_answered(found)):
        raise PermissionDenied
    title = str(found) if found else _("Uusi alue")
    return _form_page(request, AreaForm(found, request.POST if request.method == "POST" else None), title, "alue")


@allow("referrals.coordinate")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Somebody is away."""
    form = AbsenceForm(person_of(request), request.POST if request.method == "POST" else None)
    return _form_page(request, form, _("Kirjaa poissaolo"), "poissa")


@allow("referrals.coordinate")
@require_POST
def absence_end(request: HttpRequest, absence_id: int) -> HttpResponse:
    """They are back; the same press again changes nothing."""
    found = Absence.objects.select_related("person").filter(pk=absence_id).first()
    if found is not None:
        try:
            end_absence(found, by=person_of(request))
        except Refused as refused:
            raise PermissionDenied from refused
    return redirect(f"{reverse('areas')}?tehty=takaisin")


def _form_page(request: HttpRequest, form: AreaForm | AbsenceForm, title: object, done: str) -> HttpResponse:
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _tried(form, person_of(request))
        if not problem:
            return redirect(f"{reverse('areas')}?tehty={done}")
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "referrals/area.html", {"form": form, "title": title, "problem": problem}, status=status)


def _tried(form: AreaForm | AbsenceForm, by: Person) -> str:
    try:
        form.run(by)
    except Refused as refused:
        return words_of(refused)
    return ""
