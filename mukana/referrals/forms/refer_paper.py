"""A paper form written down by staff: the same questions, and who filled the paper and when it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.lib import emails
from mukana.lib.clock import today
from mukana.lib.moments import at_wall
from mukana.referrals.actions.permitting import Given
from mukana.referrals.forms.refer import ReferForm
from mukana.referrals.forms.refer_fields import line, one_of
from mukana.referrals.rules.codes import REFERRER, RESIDENT

OLDEST = timedelta(days=180)  # an older permission is asked again
NOON = time(12)
_UNSIGNED = _("Kirjoita päivä, joka paperissa on. Ilman allekirjoitusta lupaa ei ole.")


class PaperForm(ReferForm):
    """What stands on the paper."""

    FREE: ClassVar[tuple[str, ...]] = (*ReferForm.FREE, "lahettaja")
    METHOD: ClassVar[str] = "paper"
    WORDS: ClassVar[dict[str, Any]] = {
        "luvat": _("Mihin paperissa on lupa?"),
        "tapa": _("Miten asukas haluaa kuulla meistä?"),
        "yksikko": _("Lähettäjän yksikkö"),
    }
    lupatapa = None  # type: ignore[assignment]  # the paper itself is how
    tayttaja = one_of(
        _("Kuka täytti paperin?"), [(REFERRER, _("Ammattilainen asukkaan kanssa")), (RESIDENT, _("Asukas itse"))], initial=REFERRER
    )
    lahettaja = line(_("Lähettäjän nimi"), 45)
    yksikko = line(_("Lähettäjän yksikkö"), 70)
    lahettajan_sahkoposti = line(_("Lähettäjän sähköposti"), 254, inputmode="email")
    allekirjoitettu = forms.DateField(
        label=_("Allekirjoitettu"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "mid"}),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Kirjoita päivä näin: 23.11.2026."), "required": _UNSIGNED},
    )  # fmt: skip

    def clean_lahettajan_sahkoposti(self) -> str:
        """Where feedback goes, when the resident allows."""
        told = str(self.cleaned_data["lahettajan_sahkoposti"])
        if told and not emails.normal(told):
            raise forms.ValidationError(_("Tästä ei löydy sähköpostiosoitetta. Tarkista kirjoitus."), code="email")
        return emails.normal(told)

    def clean_allekirjoitettu(self) -> date:
        """A day that has been, and not long ago."""
        day: date = self.cleaned_data["allekirjoitettu"]
        if day > today():
            raise forms.ValidationError(_("Päivä on tulevaisuudessa. Tarkista se paperista."), code="future")
        if day < today() - OLDEST:
            raise forms.ValidationError(_("Paperi on yli puoli vuotta vanha. Soita asukkaalle ja kysy lupa uudelleen."), code="old")
        return day

    def clean(self) -> dict[str, Any]:
        """A professional's paper says whose it is."""
        told = super().clean()
        if told.get("tayttaja") != RESIDENT and not told.get("yksikko") and "yksikko" not in self.errors:
            self.add_error("yksikko", gettext("Kirjoita yksikkö, joka on paperissa: sieltä voi kysyä, jos jokin jäi epäselväksi."))
        return told

    def given(self) -> tuple[Given, ...]:
        """Given on the day of the signature."""
        signed = at_wall(self.cleaned_data["allekirjoitettu"], NOON)
        return tuple(replace(one, given_at=signed) for one in super().given())

    def role(self) -> str:
        """Whose referral it is."""
        return self.cleaned_data["tayttaja"] or REFERRER

    def unit(self) -> str:
        """The unit and who in it."""
        told = self.cleaned_data
        return "" if self.role() == RESIDENT else ", ".join(filter(None, (told["yksikko"], told["lahettaja"])))

    def unreachable(self, *, protected: bool) -> str:
        """Nobody can be reached so: what to do with the paper."""
        if protected:
            return gettext("Turvakielto: osoitetta ei tallenneta. Kysy lähettäjältä puhelin tai sähköposti.")
        return gettext(
            "Paperissa ei ole puhelinta, sähköpostia eikä osoitetta. Soita lähettäjälle ja sovi, mistä asukkaan tavoittaa:"
            " läheisen, naapurin tai yksikön numero kelpaa. Säilytä paperi siihen asti."
        )
