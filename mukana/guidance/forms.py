"""What is asked of somebody who looks for something good, or of a professional beside them.  Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.labels import NEED_ICONS
from mukana.directory.words import term_name
from mukana.guidance import once
from mukana.guidance.models import REFERRAL
from mukana.guidance.rules.cards import cards
from mukana.guidance.rules.wish import Wish
from mukana.lib import emails, phones
from mukana.look.typed import TypedForm
from mukana.organisations.reference import municipality_code

LONGEST = 1000
AGES = {"": None, "lapsi": 10, "nuori": 16, "aikuinen": 40, "60": 65, "75": 80}
AGE_CHOICES = [
    ("", _("Ei väliä")), ("lapsi", _("Lapselle")), ("nuori", _("Nuorelle")), ("aikuinen", _("Aikuiselle")),
    ("60", _("Yli 60-vuotiaalle")), ("75", _("Yli 75-vuotiaalle")),
]  # fmt: skip
HINDRANCES = [
    ("companion", _("En lähde yksin")), ("near_only", _("Ei autoa")), ("free", _("Ei saa maksaa")), ("step_free", _("Portaat eivät käy")),
    ("seated", _("Istuen")), ("calm", _("Rauhallinen")), ("children", _("Lapsi mukana")), ("hearing", _("Huono kuulo")),
    ("no_device", _("Ei nettiä")), ("remote", _("En pääse kotoa")),
]  # fmt: skip
TIME_CHOICES = [
    ("weekday_morning", _("Aamupäivä")), ("weekday_afternoon", _("Iltapäivä")), ("weekday_evening", _("Ilta")),
    ("weekend", _("Viikonloppu")),
]  # fmt: skip
LANGUAGE_CHOICES = [("", _("Ei väliä")), ("sv", _("Ruotsiksi")), ("en", _("Englanniksi"))]


class WishForm(forms.Form):
    """Need, for whom, what is in the way, when."""

    teksti = forms.CharField(
        label=_("Kerro omin sanoin"),
        help_text=_("Ei nimeä eikä henkilötunnusta. Tekstiä ei tallenneta."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    tarve = forms.ChoiceField(required=False, choices=[("", ""), *((code, code) for code in NEED_ICONS)], widget=forms.HiddenInput)
    ika = forms.ChoiceField(label=_("Kenelle?"), required=False, choices=AGE_CHOICES, widget=forms.RadioSelect)
    kunta = forms.CharField(label=_("Kotikunta"), required=False, max_length=60)
    este = forms.MultipleChoiceField(label=_("Mikä estää?"), required=False, choices=HINDRANCES, widget=forms.CheckboxSelectMultiple)
    aika = forms.MultipleChoiceField(label=_("Milloin sopii?"), required=False, choices=TIME_CHOICES, widget=forms.CheckboxSelectMultiple)
    kieli = forms.ChoiceField(label=_("Millä kielellä?"), required=False, choices=LANGUAGE_CHOICES, widget=forms.RadioSelect)
    kerran = forms.CharField(required=False, initial=once.fresh, widget=forms.HiddenInput)  # the page's number, see `once`

    def clean_kunta(self) -> str:
        """A municipality of Finland; what is none is told."""
        name = str(self.cleaned_data["kunta"])
        if name and not municipality_code(name):
            raise forms.ValidationError(_("Emme tunne tätä kuntaa. Tarkista kirjoitus tai jätä tyhjäksi."), code="town")
        return municipality_code(name) if name else ""

    def clean(self) -> dict[str, Any]:
        """Something must be wished."""
        told = super().clean() or self.cleaned_data
        if not told.get("teksti") and not told.get("tarve") and not self.errors:
            self.add_error("teksti", _("Kerro parilla sanalla, mitä kaivataan."))
        return told

    def subject(self, topic: str) -> str:
        """What is counted of it: the tile, or the topic that was understood where there are own words."""
        return topic if self.cleaned_data["teksti"] else str(self.cleaned_data["tarve"])

    def wish(self) -> Wish:
        """As the rules take it."""
        told = self.cleaned_data
        return Wish(
            text=told["teksti"] or term_name("need", told["tarve"]),
            age=AGES[told["ika"]],
            municipality=told["kunta"],
            language=told["kieli"],
            language_must=bool(told["kieli"]),
            times=tuple(told["aika"]),
        ).but(**dict.fromkeys(told["este"], True))


class GiveForm(TypedForm):
    """Where a list is sent."""

    vastaanottaja = forms.CharField(
        label=_("Puhelinnumero tai sähköposti"),
        help_text=_("Poistamme sen, kun viesti on mennyt perille."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AgreementForm(TypedForm):
    """A version of a practice agreement; the same title with another version takes its place."""

    otsikko = forms.CharField(label=_("Mistä sovitaan"), max_length=160)
    versio = forms.CharField(label=_("Versio"), max_length=20)
    teksti = forms.CharField(label=_("Mitä sovittiin"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    kortit = forms.MultipleChoiceField(label=_("Mitä koskee"), choices=[], widget=forms.CheckboxSelectMultiple)
    vastuu = forms.CharField(label=_("Yhteyshenkilö"), max_length=120)
    puhelin = forms.CharField(label=_("Puhelin"), required=False, max_length=60)
    rytmi = forms.CharField(label=_("Kuinka usein tavataan"), max_length=160)
    tarkistus = forms.DateField(label=_("Tarkistetaan viimeistään"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["kortit"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(REFERRAL, _("Hyvinvointilähete")), *((card.code, card.texts["fi"].title) for card in cards())]


class AcceptanceForm(TypedForm):
    """An organisation that has accepted an agreement."""

    jarjesto = forms.CharField(label=_("Organisaatio"), max_length=160)
    yhteys = forms.CharField(label=_("Yhteyshenkilö ja puhelin"), required=False, max_length=160)


class ContactForm(TypedForm):
    """Whom organisers should get in touch with."""

    nimi = forms.CharField(label=_("Nimesi"), help_text=_("Etunimi riittää."), max_length=80)
    yhteys = forms.CharField(label=_("Puhelinnumero tai sähköposti"), max_length=254)
    viesti = forms.CharField(
        label=_("Mitä haluat kysyä?"), help_text=_("Älä kirjoita terveystietoja."), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_yhteys(self) -> str:
        """A number or an address that can be reached."""
        told = str(self.cleaned_data["yhteys"])
        reachable = emails.normal(told) if "@" in told else phones.normal(told)
        if not reachable or ("@" not in told and not reachable.startswith("+")):
            raise forms.ValidationError(_("Tästä ei löydy puhelinnumeroa eikä sähköpostia. Tarkista kirjoitus."), code="bad")
        return reachable


class UnitForm(TypedForm):
    """A unit that guides by a link."""

    nimi = forms.CharField(label=_("Yksikön nimi"), max_length=120)
    kunta = forms.CharField(label=_("Kunta"), required=False, max_length=60)

    clean_kunta = WishForm.clean_kunta
