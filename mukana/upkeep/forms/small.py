"""Short forms: a new entry, a proposal, a call, a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.directory.freshness import applicable
from mukana.directory.labels import CRITICAL, KINDS
from mukana.directory.models import Entry
from mukana.lib import emails, phones
from mukana.lib.text import clean_html
from mukana.lib.urls import safe_url
from mukana.look.typed import TypedForm
from mukana.organisations.models import Organisation
from mukana.upkeep.labels import NO_ADDRESS, NO_EMAIL, NO_PHONE, RESULTS, fact_label
from mukana.upkeep.rules.facts import PROPOSABLE

OWN_KINDS = ("group", "event", "service", "video")  # what organisers add; places and routes come from registers


class NewEntryForm(forms.Form):
    """The least that makes a draft."""

    name = forms.CharField(
        label=gettext_lazy("Nimi"),
        help_text=gettext_lazy("Lyhyt ja kuvaava: ”Tuolijumppa Jaalassa”."),
        max_length=120,
        error_messages={"required": gettext_lazy("Kirjoita nimi.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Mikä se on?"),
        choices=[(code, KINDS[code]) for code in OWN_KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse yksi.")},
    )
    organisation = forms.ModelChoiceField(label=gettext_lazy("Järjestäjä"), queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, organisations: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]


class ProposalForm(TypedForm):
    """The facts as they stand; what is changed is proposed.  `website` is a trap: people never see it."""

    note = forms.CharField(
        label=gettext_lazy("Muu korjaus tai perustelu"),
        help_text=gettext_lazy("Esimerkiksi: ”Soitin sinne, ryhmä kokoontuu nyt tiistaisin.”"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Sähköpostisi"),
        help_text=gettext_lazy("Kerromme, mitä ehdotukselle kävi. Poistamme osoitteen sen jälkeen."),
        required=False,
        max_length=254,
    )
    website = forms.CharField(label=gettext_lazy("Jätä tämä tyhjäksi"), required=False, max_length=200)
    time = forms.CharField(
        label=gettext_lazy("Oikea aika"), help_text=gettext_lazy("Esimerkiksi: tiistaisin klo 10–11."), required=False, max_length=180
    )
    place = forms.CharField(
        label=gettext_lazy("Oikea paikka"), help_text=gettext_lazy("Paikan nimi tai osoite."), required=False, max_length=180
    )

    def __init__(self, entry: Entry, stands: dict[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.entry = entry
        for key in PROPOSABLE:
            long = key.startswith("texts.") and not key.endswith(".name")
            rows = 6 if key.endswith("description") else 3
            widget = forms.Textarea(attrs={"rows": rows}) if long else forms.TextInput()
            self.fields[key] = forms.CharField(label=fact_label(key), required=False, max_length=5000, widget=widget, initial=stands[key])
        self.order_fields([*PROPOSABLE, "time", "place", "note", "contact", "website"])

    def is_machine(self) -> bool:
        """Did somebody fill the trap?"""
        return bool(self.data.get("website"))

    def values(self) -> dict[str, str]:
        """Key → proposed value."""
        return {key: clean_html(self.cleaned_data[key]) for key in PROPOSABLE}

    def said(self) -> str:
        """The right time and place in words, and whatever else was said: a keeper writes them where they belong."""
        data = self.cleaned_data
        parts = ((_("Oikea aika: %s"), data["time"]), (_("Oikea paikka: %s"), data["place"]), ("%s", data["note"]))
        return "\n".join(line % text for line, text in parts if text)

    def facts(self) -> list[forms.BoundField]:
        """The fields of facts, in order."""
        return [self[key] for key in PROPOSABLE]

    def clean(self) -> dict[str, Any]:
        """A number or an address must be one, when it is changed."""
        data = super().clean() or {}
        checks = {"phone": (phones.normal, NO_PHONE), "email": (emails.normal, NO_EMAIL), "url": (safe_url, NO_ADDRESS)}
        for name, (check, sentence) in checks.items():
            text = str(data.get(name) or "").strip()
            if text and text != getattr(self.entry, name) and not check(text):
                self.add_error(name, str(sentence))
        if data.get("contact") and not emails.normal(data["contact"]):
            self.add_error("contact", _("Osoite on muotoa nimi@paikka.fi."))
        return data


class CallForm(TypedForm):
    """What the organiser said on the phone."""

    result = forms.ChoiceField(
        label=gettext_lazy("Mitä puhelussa selvisi?"),
        choices=list(RESULTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, mitä puhelussa selvisi.")},
    )
    spoke_with = forms.CharField(
        label=gettext_lazy("Kenen kanssa puhuit?"),
        help_text=gettext_lazy("Nimi tallentuu vahvistajaksi."),
        required=False,
        max_length=120,
    )
    fields_held = forms.MultipleChoiceField(
        label=gettext_lazy("Mitkä kohdat pitävät paikkansa?"),
        help_text=gettext_lazy("Jos et valitse mitään, kaikki merkitään vahvistetuiksi."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=gettext_lazy("Muistiinpano"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, entry: Entry, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(field, CRITICAL[field].word) for field in applicable(entry.kind, entry.form)]
        self.fields["fields_held"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A confirmation carries the name of the one who gave it."""
        data = super().clean() or {}
        if data.get("result") in ("confirmed", "changed") and not str(data.get("spoke_with") or "").strip():
            self.add_error("spoke_with", _("Kirjoita, kuka vahvisti tiedot."))
        return data


class MoveForm(forms.Form):
    """The organisation that the entry is given to, by the words of its name."""

    q = forms.CharField(label=gettext_lazy("Etsi järjestöä nimellä"), required=False, max_length=100)
    organisation = forms.UUIDField(required=False)
