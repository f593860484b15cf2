"""What no form takes from a visitor, said with the same sentence everywhere."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mukana.lib.text import has_identifiers

NO_IDENTIFIERS = _("Poista henkilötunnus tai tilinumero. Sitä ei pidä lähettää tällä lomakkeella.")


def no_identifiers(text: str) -> None:
    """A validator of fields: refuses identity codes and account numbers."""
    if has_identifiers(text):
        raise ValidationError(NO_IDENTIFIERS, code="identifier")


def refuse_identifiers(form: forms.Form) -> None:
    """Let every field of words on the form refuse them; called when the form has all its fields."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.validators.append(no_identifiers)
