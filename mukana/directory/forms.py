"""A visitor's word and its answer, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.labels import FEEDBACK_TOPICS
from mukana.lib.pictures import LARGEST_BYTES, SENTENCES, looks_like_one
from mukana.look.typed import TypedForm

LONGEST = 2000


class FeedbackForm(TypedForm):
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


class AnswerForm(TypedForm):
    """The answer that is written down."""

    text = forms.CharField(
        label=_("Mitä vastasit"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Kirjoita vastaus.")},
    )


PICTURE_LICENCES = {
    "own": _("Kuvaajan luvalla"),
    "CC BY 4.0": "CC BY 4.0",
    "CC BY-SA 4.0": "CC BY-SA 4.0",
    "CC0 1.0": "CC0 1.0",
}


class PhotographForm(TypedForm):
    """A picture, what it shows in words, and whose it is."""

    file = forms.FileField(
        label=_("Kuvatiedosto"),
        help_text=_("JPEG, PNG tai WebP, enintään 15 Mt. Pienennämme kuvan ja poistamme siitä paikkatiedot."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt_fi = forms.CharField(
        label=_("Mitä kuvassa on?"),
        help_text=_("Kerro se sille, joka ei näe kuvaa. Esimerkiksi: punainen ovi, jonka edessä on kolme porrasta ja luiska."),
        max_length=250,
    )
    alt_sv = forms.CharField(label=_("Sama ruotsiksi"), max_length=250, required=False)
    alt_en = forms.CharField(label=_("Sama englanniksi"), max_length=250, required=False)
    photographer = forms.CharField(label=_("Kuvaaja"), max_length=120)
    licence = forms.ChoiceField(label=_("Millä luvalla kuvaa saa käyttää?"), choices=list(PICTURE_LICENCES.items()))
    asked = forms.BooleanField(
        label=_("Kuvassa ei ole tunnistettavia ihmisiä, tai he ovat antaneet luvan."),
        error_messages={"required": _("Valitse toinen kuva, tai kysy lupa kuvassa olevilta.")},
    )

    def clean_file(self) -> Any:
        """A picture of a kind we take, not too large; its inside is looked at by the worker."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("Kuva on yli 15 megatavua. Pienennä sitä ennen lähettämistä."))
        start = file.read(16)
        file.seek(0)
        if not looks_like_one(start):
            raise forms.ValidationError(SENTENCES["kind"])
        return file

    def facts(self) -> dict[str, Any]:
        """What `actions.photographs.add` takes beside the file."""
        told = {language: self.cleaned_data[f"alt_{language}"].strip() for language in ("fi", "sv", "en")}
        return {
            "texts": {language: {"alt": words} for language, words in told.items() if words},
            "photographer": self.cleaned_data["photographer"].strip(),
            "licence": "" if self.cleaned_data["licence"] == "own" else self.cleaned_data["licence"],
        }
