"""What is asked of those who look at traces and keep to retention."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.audit.queries import Wanted
from mukana.audit.rules import things
from mukana.look.typed import TypedForm


def _of_our_time(day: date) -> None:
    if not 1950 <= day.year < 2200:
        raise forms.ValidationError(_("Tarkista vuosi."), code="year")


class TraceForm(forms.Form):
    """Narrowing the list of traces."""

    tieto = forms.CharField(label=_("Mikä tieto"), required=False, max_length=100, help_text=_("Laji, tai laji ja tunnus"))
    henkilo = forms.CharField(label=_("Kuka"), required=False, max_length=100, help_text=_("Nimi tai sähköposti"))
    alku = forms.DateField(
        label=_("Alkaen"),
        required=False,
        help_text=_("Ensimmäinen päivä"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[_of_our_time],
    )
    loppu = forms.DateField(
        label=_("Päättyen"),
        required=False,
        help_text=_("Viimeinen päivä"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[_of_our_time],
    )

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["tieto"].widget.attrs["list"] = "things"

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        words = self.cleaned_data
        sort = {label.lower(): code for code, label in things()}.get(words["tieto"].strip().lower(), words["tieto"].strip())
        return Wanted(sort, words["henkilo"], words["alku"], words["loppu"])


class HoldForm(TypedForm):
    """A record that must be kept, and why."""

    thing = forms.CharField(
        label=_("Tieto, jota ei saa poistaa"),
        max_length=100,
        help_text=_(
            "Kopioi tämä Kuka teki mitä -sivulta: paina ”kaikki tästä” ja katso kohtaa Mikä tieto. Esimerkki: directory.Feedback:0192…"
        ),
        error_messages={"required": _("Kirjoita tiedon laji ja tunnus.")},
    )
    reason = forms.CharField(label=_("Miksi"), max_length=300, error_messages={"required": _("Kirjoita, miksi tieto säilytetään.")})
