"""What no form takes from a visitor, said with the same sentence everywhere."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mukana.lib.text import has_identifiers

NO_IDENTIFIERS = _("Poista henkilötunnus tai tilinumero. Sitä ei pidä lähettää tällä lomakkeella.")


def no_identifiers(text: object) -> None:
    """A validator of fields: refuses identity codes and account numbers."""
    if isinstance(text, str) and has_identifiers(text):
        raise ValidationError(NO_IDENTIFIERS, code="identifier")


def refuse_identifiers(form: forms.BaseForm) -> None:
    """Let every field of words on the form refuse them; called when the form has all its fields."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField) and no_identifiers not in field.validators:
            field.validators.append(no_identifiers)


class TypedForm(forms.Form):
    """A form whose words are kept or sent on: whatever fields it has, each refuses identity codes and account numbers."""

    def full_clean(self) -> None:
        refuse_identifiers(self)
        super().full_clean()
