"""A visitor's word and its answer, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.labels import FEEDBACK_TOPICS

LONGEST = 2000


class FeedbackForm(forms.Form):
    """`website` is a trap: people never see it, machines fill it."""

    topic = forms.ChoiceField(
        label=_("Mistä on kyse?"),
        choices=list(FEEDBACK_TOPICS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, mistä on kyse.")},
    )
    text = forms.CharField(
        label=_("Mitä haluat sanoa?"),
        help_text=_("Älä kirjoita tähän terveystietoja tai henkilötunnusta."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Kirjoita tähän, mitä haluat sanoa."),
            "max_length": _("Teksti on liian pitkä: enintään %(limit_value)d merkkiä, nyt %(show_value)d."),
        },
    )
    contact = forms.CharField(
        label=_("Puhelinnumero tai sähköposti"),
        help_text=_("Tarvitsemme tämän vain, jos haluat vastauksen. Poistamme sen, kun olemme vastanneet."),
        max_length=254,
        required=False,
    )
    website = forms.CharField(label=_("Jätä tämä tyhjäksi"), required=False, max_length=200)

    def is_machine(self) -> bool:
        """Did somebody fill the trap?"""
        return bool(self.data.get("website"))

    def words(self) -> dict[str, Any]:
        """What `actions.feedback.send` takes."""
        return {key: self.cleaned_data[key] for key in ("topic", "text", "contact")}


class AnswerForm(forms.Form):
    """The answer that is written down."""

    text = forms.CharField(
        label=_("Mitä vastasit"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Kirjoita vastaus.")},
    )
