"""Everything a keeper may tell of an entry, as one form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mukana.directory import labels
from mukana.directory.models import Entry, Place
from mukana.directory.own import TEXTS
from mukana.directory.terms import codes as term_codes
from mukana.directory.words import term_name
from mukana.lib import emails, phones
from mukana.lib.text import clean_html
from mukana.lib.urls import safe_url
from mukana.upkeep.forms.reading import cents_of, euros, steps_of, steps_text
from mukana.upkeep.forms.schedule import ScheduleForm
from mukana.upkeep.labels import NO_ADDRESS, NO_EMAIL, NO_PHONE, PRICES
from mukana.upkeep.labels import TEXTS as TEXT_LABELS

LANGUAGES = ("fi", "fi-x-selko", "sv", "en")
SAMI = ("se", "smn", "sms")
ROWS = {"name": 0, "summary": 3, "description": 7, "whom": 2, "steps": 8, "join": 3, "price_note": 2, "getting_there": 3}
MOST_PLANS = 4
PLAIN = ("contact_name", "phone", "email", "url", "price_kind", "registration", "features", "languages", "topics")


class EntryForm(forms.Form):
    """Texts by language, contact, price, joining, place, doors, topics; schedules are forms of their own."""

    contact_name = forms.CharField(label=gettext_lazy("Kuka vastaa puhelimeen"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Puhelin"), required=False, max_length=60)
    email = forms.CharField(label=gettext_lazy("Sähköposti"), required=False, max_length=254)
    url = forms.CharField(label=gettext_lazy("Verkkosivu"), required=False, max_length=500)
    price_kind = forms.ChoiceField(label=gettext_lazy("Hinta"), choices=list(PRICES.items()), widget=forms.RadioSelect)
    price = forms.CharField(
        label=gettext_lazy("Hinta euroina"), help_text=gettext_lazy("Halvin hinta, esimerkiksi 5,50."), required=False, max_length=12
    )
    registration = forms.ChoiceField(
        label=gettext_lazy("Ilmoittautuminen"), choices=list(labels.REGISTRATION.items()), widget=forms.RadioSelect
    )
    place_id = forms.ChoiceField(label=gettext_lazy("Paikka"), required=False)
    age_min = forms.IntegerField(label=gettext_lazy("Ikä vähintään"), required=False, min_value=0, max_value=120)
    age_max = forms.IntegerField(label=gettext_lazy("Ikä enintään"), required=False, min_value=0, max_value=120)
    features = forms.MultipleChoiceField(
        label=gettext_lazy("Hyvä tietää"),
        required=False,
        choices=[(code, label.word) for code, label in labels.FEATURES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Palvelukielet"),
        required=False,
        choices=list(labels.SERVICE_LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Aiheet"),
        help_text=gettext_lazy("Yhdestä kolmeen. Näiden mukaan kohde löytyy."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, entry: Entry, stands: dict[str, Any], data: QueryDict | None = None) -> None:
        self.entry = entry
        self.text_languages = [*LANGUAGES, *(code for code in SAMI if code in entry.texts)]
        super().__init__(data, initial=_initial(stands))
        self._add_texts(stands)
        self._add_doors(stands)
        self.fields["topics"].choices = [(code, term_name("topic", code)) for code in term_codes("topic")]  # type: ignore[attr-defined]
        self.fields["place_id"].choices = _places(entry)  # type: ignore[attr-defined]
        plans: list[dict[str, Any] | None] = [*stands["schedules"][:MOST_PLANS], None]
        self.plans = [ScheduleForm(data, prefix=f"aika{number}", before=plan) for number, plan in enumerate(plans[:MOST_PLANS])]

    def is_valid(self) -> bool:
        """Are this and the schedules in order?"""
        return all([super().is_valid(), *(plan.is_valid() for plan in self.plans)])

    def problems(self) -> list[tuple[str, str, str]]:
        """What must be mended, of this and of the schedules: the place on the page, the label and the sentence."""
        own = [(field.auto_id, str(field.label), str(error)) for field in self for error in field.errors]
        return own + [
            (field.auto_id, f"{plan.heading(number)}: {field.label}", str(error))
            for number, plan in enumerate(self.plans, start=1)
            for field in plan
            for error in field.errors
        ]

    def texts(self, language: str) -> list[tuple[str, BoundField]]:
        """The text fields of one language, each with its key."""
        return [(f"texts.{language}.{field}", self[f"t.{language}.{field}"]) for field in TEXTS]

    def doors(self) -> Iterator[BoundField]:
        """One field for each accessibility profile."""
        return (self[f"ovi.{profile}"] for profile in labels.PROFILES)

    def values(self) -> dict[str, Any]:
        """Key → value of everything the form tells; after validation only."""
        data = self.cleaned_data
        told: dict[str, Any] = {name: data[name] for name in PLAIN}
        told |= {"topics": sorted(data["topics"]), "place_id": data["place_id"] or None, "price_cents": data["price"]}
        told |= {name: data[name] for name in ("age_min", "age_max")}
        told["accessibility"] = {**self._unasked(), **{one: data[f"ovi.{one}"] for one in labels.PROFILES if data[f"ovi.{one}"]}}
        for language in self.text_languages:
            told |= {f"texts.{language}.{field}": data[f"t.{language}.{field}"] for field in TEXTS}
        plans = [plan for form in self.plans if (plan := form.plan()) is not None]
        told["schedules"] = sorted(plans, key=lambda one: (one["first"], one["days"], one["start"]))
        return told

    def clean(self) -> dict[str, Any]:
        """Texts without markup, steps as steps, a phone that can be dialled."""
        data = super().clean() or {}
        for language in self.text_languages:
            for field in TEXTS:
                text = clean_html(data.get(f"t.{language}.{field}"))
                data[f"t.{language}.{field}"] = steps_of(text) if field == "steps" else text
        self._check(data, "phone", lambda text: bool(phones.normal(text)), str(NO_PHONE))
        self._check(data, "email", lambda text: bool(emails.normal(text)), str(NO_EMAIL))
        self._check(data, "url", lambda text: bool(safe_url(text)), str(NO_ADDRESS))
        try:
            data["price"] = cents_of(str(data.get("price") or ""))
        except ValidationError as error:
            self.add_error("price", error)
        if data.get("price_kind") == "free":
            data["price"] = None
        return data

    def _check(self, data: dict[str, Any], name: str, good: Any, problem: str) -> None:
        text = str(data.get(name) or "").strip()
        data[name] = text
        if text and text != getattr(self.entry, name) and not good(text):
            self.add_error(name, problem)

    def _unasked(self) -> dict[str, Any]:
        return {key: value for key, value in self.entry.accessibility.items() if key not in labels.PROFILES}

    def _add_texts(self, stands: dict[str, Any]) -> None:
        for language in self.text_languages:
            for field in TEXTS:
                label, value = TEXT_LABELS[field], stands.get(f"texts.{language}.{field}")
                rows = ROWS[field]
                self.fields[f"t.{language}.{field}"] = forms.CharField(
                    label=str(label.word),
                    help_text=str(label.meaning) if language == "fi" else "",
                    required=field == "name" and language == "fi",
                    max_length=120 if field == "name" else 5000,
                    widget=forms.Textarea(attrs={"rows": rows, "lang": language}) if rows else forms.TextInput(attrs={"lang": language}),
                    initial=steps_text(value) if field == "steps" else value,
                    error_messages={"required": _("Kirjoita nimi.")},
                )

    def _add_doors(self, stands: dict[str, Any]) -> None:
        for profile, label in labels.PROFILES.items():
            options = [("", _("Kuten paikassa, tai ei tiedossa")), *labels.STATES[profile].items()]
            value = stands["accessibility"].get(profile, "")
            self.fields[f"ovi.{profile}"] = forms.ChoiceField(label=str(label.word), required=False, choices=options, initial=value)


def _initial(stands: dict[str, Any]) -> dict[str, Any]:
    same = {name: stands[name] for name in (*PLAIN, "place_id", "age_min", "age_max")}
    return {**same, "price": euros(stands["price_cents"])}


def _places(entry: Entry) -> list[tuple[str, str]]:
    """The entry's own place, and those that its organiser uses elsewhere."""
    found = Place.objects.filter(entries__organisation=entry.organisation_id).distinct()[:100] if entry.organisation_id else []
    known = {str(place.pk): _line(place) for place in found}
    if entry.place is not None:
        known[str(entry.place.pk)] = _line(entry.place)
    return [("", _("Ei paikkaa")), *sorted(known.items(), key=lambda pair: pair[1])]


def _line(place: Place) -> str:
    return ", ".join(part for part in (str(place), place.address) if part)
