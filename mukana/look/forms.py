"""What the two settings forms send; anything else than our own values is left out."""

from __future__ import annotations

from django import forms

from mukana.look import rules


class ViewForm(forms.Form):
    """Theme and text size; "auto" and "normaali" forget the choice."""

    teema = forms.ChoiceField(required=False, choices=[(code, code) for code in ("auto", *rules.THEMES)])
    teksti = forms.ChoiceField(required=False, choices=[(code, code) for code in ("normaali", *rules.TEXT_SIZES)])


class LanguageForm(forms.Form):
    """Language of texts, and selkokieli "1" or "0"."""

    kieli = forms.ChoiceField(required=False, choices=[(code, name) for code, name in rules.LANGUAGES.items()])
    selko = forms.ChoiceField(required=False, choices=[("1", "1"), ("0", "0")])
