"""What somebody who wants to be told types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.alerts.actions.subscribing import Address, BadAddress, address_of
from mukana.alerts.rules import AT_ONCE, DAILY, WEEKLY

RHYTHMS = [
    (WEEKLY, _("Kerran viikossa, maanantaisin klo 9")),
    (DAILY, _("Kerran päivässä klo 9")),
    (AT_ONCE, _("Heti, ei kuitenkaan yöllä")),
]
HERE, NEAR, ANYWHERE = "here", "near", "anywhere"
NEAR_KM = 20


class _AddressField(forms.CharField):
    """An e-mail address or a phone number."""

    default_error_messages = {
        "required": _("Kirjoita sähköpostiosoite tai puhelinnumero."),
        "bad": _("Tästä ei löydy sähköpostiosoitetta eikä puhelinnumeroa. Tarkista kirjoitus."),
    }

    def clean(self, value: Any) -> Address:
        """The address; what was typed stays in the field when it is none."""
        text = super().clean(value)
        try:
            return address_of(text)
        except BadAddress as problem:
            raise forms.ValidationError(self.error_messages["bad"], code="bad") from problem


class WishForm(forms.Form):
    """`website` is a trap: people never see it, machines fill it.  `area` is asked only when the search has no place."""

    address = _AddressField(
        label=_("Sähköposti tai puhelinnumero"),
        help_text=_("Lähetämme ensin viestin, jossa vahvistat pyynnön. Emme käytä osoitetta muuhun."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    area = forms.ChoiceField(label=_("Mistä päin"), widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(label=_("Kuinka usein"), choices=RHYTHMS, initial=WEEKLY, widget=forms.RadioSelect)
    website = forms.CharField(label=_("Jätä tämä tyhjäksi"), required=False, max_length=200)

    def __init__(self, *args: Any, town: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if not town:
            del self.fields["area"]
            return
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        near = _("Enintään %(km)s km päässä: %(town)s") % {"km": NEAR_KM, "town": town}
        field.choices = [(HERE, town), (NEAR, near), (ANYWHERE, _("Mistä vain"))]
        field.initial = HERE

    def is_machine(self) -> bool:
        """Did somebody fill the trap?"""
        return bool(self.data.get("website"))


class CodeForm(forms.Form):
    """The number and the six digits of its message."""

    address = _AddressField(
        label=_("Puhelinnumero"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Koodi viestistä"),
        help_text=_("Kuusi numeroa."),
        error_messages={"required": _("Kirjoita koodi."), "invalid": _("Koodissa on kuusi numeroa.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """The digits alone."""
        return "".join(self.cleaned_data["code"].split())


class RhythmForm(forms.Form):
    """How often from now on."""

    rhythm = forms.ChoiceField(label=_("Kuinka usein"), choices=RHYTHMS, widget=forms.RadioSelect)


class EndForm(forms.Form):
    """Somebody phones and wants no more messages."""

    address = _AddressField(label=_("Puhelinnumero tai sähköposti"), max_length=254)
