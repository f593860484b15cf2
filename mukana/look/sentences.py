"""The framework's own error sentences, said plainly: what every form says unless it says it better itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Täytä tämä.")},
    forms.FileField: {"required": _("Valitse tiedosto."), "empty": _("Tiedosto on tyhjä. Valitse toinen.")},
    forms.URLField: {"invalid": _("Kirjoita verkko-osoite näin: https://esimerkki.fi.")},
    forms.ChoiceField: {"required": _("Valitse yksi."), "invalid_choice": _("”%(value)s” ei ole luettelossa. Valitse yksi.")},
    forms.ModelChoiceField: {"required": _("Valitse yksi."), "invalid_choice": _("”%(value)s” ei ole luettelossa. Valitse yksi.")},
    forms.MultipleChoiceField: {"required": _("Valitse ainakin yksi."), "invalid_choice": _("”%(value)s” ei ole luettelossa.")},
    forms.IntegerField: {"invalid": _("Kirjoita luku numeroina.")},
    forms.DateField: {"invalid": _("Kirjoita päivä näin: 2.9.2026.")},
}


def speak_plainly() -> None:
    """Put the sentences in the framework's place; done once at start-up."""
    for field, sentences in SENTENCES.items():
        field.default_error_messages = {**getattr(field, "default_error_messages", {}), **sentences}
    validators.URLValidator.message = SENTENCES[forms.URLField]["invalid"]
    validators.EmailValidator.message = _("Tästä puuttuu jotain. Osoite on muotoa nimi@paikka.fi.")
    validators.MaxLengthValidator.message = _("Teksti on liian pitkä: enintään %(limit_value)d merkkiä, nyt %(show_value)d.")
    validators.MinValueValidator.message = _("Luku on liian pieni: vähintään %(limit_value)s.")
    validators.MaxValueValidator.message = _("Luku on liian suuri: enintään %(limit_value)s.")
