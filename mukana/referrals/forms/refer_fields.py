"""The kinds of fields that forms of referrals are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.formats.paper import unprintable

Label = Any  # a word or one to be translated; Django's stubs have a name of their own for the latter
Choices = Iterable[tuple[str, Label]]

LANGUAGES: list[tuple[str, Label]] = [
    ("fi", _("suomi")), ("sv", _("ruotsi")), ("en", _("englanti")), ("se", _("pohjoissaame")), ("smn", _("inarinsaame")),
    ("sms", _("koltansaame")),
]  # fmt: skip


def chips(label: Label, choices: Choices, **more: Any) -> forms.MultipleChoiceField:
    """Ticks drawn as chips, each free to leave."""
    return forms.MultipleChoiceField(label=label, required=False, choices=list(choices), widget=forms.CheckboxSelectMultiple, **more)


def one_of(label: Label, choices: Choices, *, required: bool = False, **more: Any) -> forms.ChoiceField:
    """One of few, all of them seen."""
    return forms.ChoiceField(label=label, required=required, choices=list(choices), widget=forms.RadioSelect, **more)


def line(label: Label, longest: int, *, required: bool = False, printed: bool = False, **attributes: str) -> forms.CharField:
    """A line of text.  Browsers do not remember it: others use the same machine.  `printed`: it stands in letters."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget, validators=[printable] if printed else [])


def printable(value: str) -> None:
    """A name or an address that our letters can show; else its Latin spelling is asked for."""
    if strange := unprintable(value):
        words = _("Kirjeisiin emme osaa painaa näitä merkkejä: %(signs)s. Kirjoita latinalaisin kirjaimin, kuten passissa.")
        raise forms.ValidationError(words, code="unprintable", params={"signs": " ".join(strange)})


def again(form: type[forms.Form], data: Any) -> dict[str, Any]:
    """What was sent, as the initial values of a fresh form: nothing typed is lost and nothing is complained about."""
    many = {name for name, field in form.base_fields.items() if isinstance(field, forms.MultipleChoiceField)}
    return {name: data.getlist(name) if name in many else data.get(name) for name in form.base_fields if name in data}
