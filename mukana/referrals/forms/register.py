"""The keeper's form of a companion: a support person, or a model of an organisation; hours in words such as "9–12, 14–16"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.directory.terms import terms
from mukana.directory.words import term_name
from mukana.lib import phones
from mukana.lib.clock import today
from mukana.lib.dates import weekday_name
from mukana.lib.moments import WEEKDAYS
from mukana.look.typed import TypedForm
from mukana.organisations.models import Municipality, Organisation
from mukana.referrals.forms.days import of_our_time
from mukana.referrals.labels import PRACTICAL
from mukana.referrals.labels_meeting import GENDERS, KINDS, LANGUAGES
from mukana.referrals.models import Companion, Referral
from mukana.referrals.rules.matching import Slot
from mukana.referrals.rules.writing import clean_reference
from mukana.upkeep.queries.desk import named

SKILLS = ("wheelchair", "walker", "hearing", "vision", "ride", "calm")
_HOURS = re.compile(r"(\d{1,2})(?:[.:]00)?\s*[-–]\s*(\d{1,2})(?:[.:]00)?")
OF_MODELS = ("laji", "otsikko", "ehdot", "hinta", "odotus")
OF_PERSONS = ("nimi", "vaitiolo", "tarkistettu", "esteet", "sukupuoli", "enintaan")
DATE = {"type": "date", "class": "mid"}


def hours(text: str) -> list[tuple[int, int]]:
    """ "9–12, 14–16" as pairs.  Raises ValueError when something is no span of hours."""
    found = []
    for part in (one.strip() for one in text.split(",")):
        match = _HOURS.fullmatch(part)
        if not match or not 0 <= int(match[1]) < int(match[2]) <= 24:
            raise ValueError(part)
        found.append((int(match[1]), int(match[2])))
    return found


class CompanionForm(TypedForm):
    """What both have; `own` are the keeper's areas."""

    laji = forms.ChoiceField(label=_("Malli"), choices=[(code, words) for code, words in KINDS.items() if code != "person"])
    otsikko = forms.CharField(label=_("Nimi julkisella sivulla"), max_length=120)
    nimi = forms.CharField(label=_("Nimi"), max_length=120)
    puhelin = forms.CharField(label=_("Puhelin"), max_length=60)
    jarjesto = forms.CharField(label=_("Järjestö tai organisaatio"), required=False, max_length=160)
    alueet = forms.MultipleChoiceField(
        label=_("Alueet"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Valitse ainakin yksi alue.")}
    )
    koti = forms.ChoiceField(label=_("Mistä lähtee"), help_text=_("Kunta. Lähellä asuvaa ehdotetaan ensin."), required=False, choices=[])
    kielet = forms.MultipleChoiceField(
        label=_("Kielet"), choices=list(LANGUAGES.items()), widget=forms.CheckboxSelectMultiple, initial=["fi"],
        error_messages={"required": _("Valitse ainakin yksi kieli.")},
    )  # fmt: skip
    sukupuoli = forms.ChoiceField(
        label=_("Sukupuoli"), help_text=_("Joku asukas voi toivoa naista tai miestä."), choices=list(GENDERS.items()), required=False
    )
    taidot = forms.MultipleChoiceField(
        label=_("Osaa auttaa, kun on"), choices=[(code, PRACTICAL[code]) for code in SKILLS], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kiinnostukset = forms.MultipleChoiceField(label=_("Kiinnostukset"), choices=[], required=False, widget=forms.SelectMultiple)
    tarkistettu = forms.DateField(
        label=_("Tausta tarkistettu"), help_text=_("Tarkistus on voimassa kolme vuotta."), required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), validators=[of_our_time],
    )  # fmt: skip
    vaitiolo = forms.DateField(
        label=_("Vaitiololupaus allekirjoitettu"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        validators=[of_our_time],
    )  # fmt: skip
    enintaan = forms.IntegerField(label=_("Montako saatettavaa enintään yhtä aikaa"), min_value=1, max_value=20, initial=2)
    esteet = forms.CharField(
        label=_("Ei näiden asukkaiden saattajaksi"), help_text=_("Lähetteen tunnus, pilkulla erotettuna. Syytä ei kirjata."),
        required=False, max_length=300,
    )  # fmt: skip
    ehdot = forms.CharField(label=_("Kenelle ja millä ehdoilla"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    hinta = forms.DecimalField(
        label=_("Hinta euroina"), help_text=_("0 = maksuton."), min_value=0, max_value=1000, decimal_places=2, initial=0
    )
    odotus = forms.IntegerField(label=_("Odotusaika päivinä"), min_value=0, max_value=365, initial=0)
    mukana = forms.BooleanField(label=_("Voi kysyä mukaan"), required=False, initial=True)

    def __init__(self, own: Sequence[Municipality], companion: Companion | None, kind: str, data: Any = None) -> None:
        super().__init__(data, initial=_initial(companion) if companion else None)
        self.own = own
        self.person = (companion.kind if companion else kind) == "person"
        for day in WEEKDAYS:
            words = weekday_name(day).capitalize()
            self.fields[day] = forms.CharField(label=words, required=False, max_length=60, initial=_said(companion, day))
        for name in (
            ("laji", "otsikko", "ehdot", "hinta", "odotus")
            if self.person
            else ("nimi", "vaitiolo", "tarkistettu", "esteet", "sukupuoli", "enintaan")
        ):
            del self.fields[name]
        self._choose("alueet", [(area.pk, str(area)) for area in own])
        self._choose("koti", [("", _("ei tiedossa")), *((area.pk, str(area)) for area in own)])
        topics = sorted((term_name("topic", one.code), one.code) for one in terms() if one.scheme == "topic")
        self._choose("kiinnostukset", [(code, words) for words, code in topics])

    def clean_puhelin(self) -> str:
        """A number that can be rung."""
        number = phones.normal(self.cleaned_data["puhelin"])
        if not number.startswith("+"):
            raise forms.ValidationError(_("Tästä ei löydy puhelinnumeroa. Tarkista kirjoitus."), code="number")
        return number

    def clean_jarjesto(self) -> Organisation | None:
        """The organisation that is called exactly so, or the only one that has the words in its name."""
        words = str(self.cleaned_data["jarjesto"]).strip()
        if not words:
            return None
        found = list(Organisation.objects.filter(named(words))[:6])
        exact = [one for one in found if str(one).casefold() == words.casefold()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise forms.ValidationError(_("Tällä nimellä ei löydy organisaatiota."), code="which")
        names = ", ".join(str(one) for one in found[:5])
        raise forms.ValidationError(_("Tarkenna, mitä näistä tarkoitat: %(names)s") % {"names": names}, code="which")

    def clean_esteet(self) -> list[str]:
        """Residents' ids by the references of their cases."""
        found = []
        for part in (one for one in re.split(r"[,;\n]", str(self.cleaned_data["esteet"])) if one.strip()):
            case = Referral.objects.filter(reference=clean_reference(part)).first()
            if case is None:
                raise forms.ValidationError(_("Tunnusta %(word)s ei löydy.") % {"word": part.strip()}, code="reference")
            found.append(str(case.resident_id))
        return found

    def clean_tarkistettu(self) -> Any:
        """Not ahead of today."""
        return _not_ahead(self.cleaned_data["tarkistettu"])

    def clean_vaitiolo(self) -> Any:
        """Not ahead of today."""
        return _not_ahead(self.cleaned_data["vaitiolo"])

    def clean(self) -> dict[str, Any]:
        """Hours in words become slots."""
        told = super().clean() or self.cleaned_data
        told["slots"] = []
        for day in WEEKDAYS:
            try:
                told["slots"] += [Slot(day, start, end) for start, end in hours(told[day])] if told.get(day) else []
            except ValueError:
                self.add_error(day, _("Kirjoita tunnit näin: 9–12, 14–16."))
        return told

    def facts(self) -> dict[str, Any]:
        """The columns as they are kept."""
        told = self.cleaned_data
        both = {
            "phone": told["puhelin"], "organisation": told["jarjesto"], "languages": told["kielet"], "skills": told["taidot"],
            "interests": told["kiinnostukset"], "active": told["mukana"], "home": self._home(),
        }  # fmt: skip
        if self.person:
            return both | {
                "kind": "person", "name": told["nimi"], "gender": told["sukupuoli"], "vetted_on": told["tarkistettu"],
                "pledged_on": told["vaitiolo"], "most": told["enintaan"], "conflicts": told["esteet"],
            }  # fmt: skip
        return both | {
            "kind": told["laji"], "title": told["otsikko"], "conditions": told["ehdot"], "wait_days": told["odotus"],
            "price_cents": round(told["hinta"] * 100),
        }  # fmt: skip

    def areas(self) -> list[Municipality]:
        """The chosen ones of one's own."""
        return [area for area in self.own if area.pk in self.cleaned_data["alueet"]]

    def _home(self) -> Municipality | None:
        return next((area for area in self.own if area.pk == self.cleaned_data["koti"]), None)

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """Monday to Sunday."""
        return [self[day] for day in WEEKDAYS]

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


def _not_ahead(day: Any) -> Any:
    if day is not None and day > today():
        raise forms.ValidationError(_("Päivä on tulevaisuudessa. Tarkista vuosi."), code="ahead")
    return day


def _said(companion: Companion | None, day: str) -> str:
    if companion is None:
        return ""
    return ", ".join(f"{slot.start}–{slot.end}" for slot in companion.slots.all() if slot.day == day)


def _initial(one: Companion) -> dict[str, Any]:
    references = Referral.objects.filter(resident__in=one.conflicts).values_list("reference", flat=True) if one.conflicts else []
    return {
        "laji": one.kind, "otsikko": one.title, "nimi": one.name, "puhelin": one.phone, "jarjesto": str(one.organisation or ""),
        "alueet": [area.pk for area in one.areas.all()],
        "koti": one.home_id or "", "kielet": one.languages, "sukupuoli": one.gender, "taidot": one.skills,
        "kiinnostukset": one.interests, "tarkistettu": one.vetted_on, "vaitiolo": one.pledged_on, "enintaan": one.most,
        "esteet": ", ".join(references), "ehdot": one.conditions, "hinta": one.price_cents / 100, "odotus": one.wait_days,
        "mukana": one.active,
    }  # fmt: skip
