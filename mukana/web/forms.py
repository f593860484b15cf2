"""The choice of a place, as typed or pressed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.organisations.reference import alike_name, municipality_code
from mukana.organisations.villages import village_named, villages


class PlaceForm(forms.Form):
    """`paikka` is a name or a code; "-" forgets the choice."""

    paikka = forms.CharField(
        label=_("Kunnan nimi"),
        help_text=_("Esimerkiksi Kuopio tai Kangasala."),
        max_length=60,
        error_messages={"required": _("Kirjoita kunnan nimi tai valitse se luettelosta.")},
    )

    def clean_paikka(self) -> str:
        """The municipality's code, "" for forgetting."""
        typed: str = self.cleaned_data["paikka"]
        if typed.strip() == "-":
            return ""
        code = municipality_code(typed) or villages().get(village_named(typed.strip().lower()), "")
        if not code:
            if alike := alike_name(typed):
                raise forms.ValidationError(_("Emme tunne kuntaa ”%(typed)s”. Tarkoititko: %(alike)s?") % {"typed": typed, "alike": alike})
            raise forms.ValidationError(_("Emme tunne kuntaa ”%(typed)s”. Tarkista nimi tai valitse se luettelosta.") % {"typed": typed})
        return code
