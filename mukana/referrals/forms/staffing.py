"""An area's people and phone; an absence and its cover."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.look.typed import TypedForm
from mukana.organisations.models import Municipality
from mukana.referrals.actions.staffing import Staff, set_absence, set_area
from mukana.referrals.forms.deed import date_field
from mukana.referrals.models import Area
from mukana.referrals.queries import staffing
from mukana.referrals.queries.scope import areas_of

_NOBODY = _("Ei ketään")


def _person(label: Any, hint: Any = "", *, required: bool = False) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(label=label, help_text=hint, queryset=Person.objects.none(), required=required, empty_label=_NOBODY)


class AreaForm(TypedForm):
    """`kunta` is asked only when the area is new."""

    kunta = forms.ModelChoiceField(label=_("Kunta"), queryset=Municipality.objects.none())
    koordinaattori = _person(_("Koordinoiva linkkihenkilö"), _("Uudet lähetteet tulevat hänelle."), required=True)
    sijainen = _person(_("Sijainen"), _("Saa vuoron, jos koordinaattori ei ehdi kahdessa työpäivässä."))
    vastuu = _person(_("Alueen vastuuhenkilö"), _("Saa vuoron neljän työpäivän jälkeen."))
    saattajat = _person(_("Saattajien koordinaattori"))
    puhelin = forms.CharField(
        label=_("Puhelin kuitteihin ja kirjeisiin"), help_text=_("Tähän asukas soittaa, jos häneen ei ole oltu yhteydessä."), max_length=60
    )

    def __init__(self, area: Area | None, data: Any = None) -> None:
        super().__init__(data)
        self.area = area
        coordinators = staffing.people_who_may("referrals.coordinate")
        companions = staffing.people_who_may("referrals.companions")
        choices = {"koordinaattori": coordinators, "sijainen": coordinators, "vastuu": coordinators, "saattajat": companions}
        for name, people in choices.items():
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # choices of people
        if area is None:
            self.fields["kunta"].queryset = staffing.without_area()  # type: ignore[attr-defined]  # choices of municipalities
            return
        del self.fields["kunta"]
        self.initial = {
            "koordinaattori": area.coordinator_id, "sijainen": area.deputy_id, "vastuu": area.lead_id, "saattajat": area.companions_id,
            "puhelin": area.phone,
        }  # fmt: skip

    def run(self, by: Person) -> Area:
        """Name them.  Raises Refused."""
        told = self.cleaned_data
        where = self.area.municipality if self.area else told["kunta"]
        people = Staff(told["koordinaattori"], told["sijainen"], told["vastuu"], told["saattajat"], told["puhelin"])
        return set_area(where, people, by=by)


class AbsenceForm(forms.Form):
    """Who is away, from when to when, who stands in."""

    kuka = forms.ModelChoiceField(label=_("Kuka on poissa?"), queryset=Person.objects.none(), empty_label=None)
    alkaa = date_field(_("Ensimmäinen päivä"))
    loppuu = date_field(_("Viimeinen päivä"))
    sijainen = _person(_("Kuka sijaistaa?"), _("Jos jätät tyhjäksi, vuorot menevät alueen koordinaattorille ja sijaiselle."))

    def __init__(self, by: Person, data: Any = None) -> None:
        super().__init__(data)
        away = staffing.staff_in(areas_of(by)) | Person.objects.filter(pk=by.pk)
        for name, people in (("kuka", away.distinct()), ("sijainen", staffing.staff_in(staffing.own_areas(by)))):
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # choices of people

    def run(self, by: Person) -> object:
        """Write it down.  Raises Refused."""
        told = self.cleaned_data
        return set_absence(told["kuka"], told["alkaa"], told["loppuu"], told["sijainen"], by=by)
