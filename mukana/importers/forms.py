"""A table and what its columns mean."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mukana.directory.models import Source
from mukana.importers.labels import FETCHED, RHYTHMS
from mukana.importers.table.columns import FIELDS, TRANSLATED
from mukana.importers.table.kinds import refusal_of
from mukana.lib.networks import is_inner

SEVERAL = ("description", "summary", "join", "getting_there", "topics", "audience", "keywords", "features", "accessibility", "when")
LARGEST = 50 * 1024 * 1024
LANGUAGES = {"sv": _("ruotsiksi"), "en": _("englanniksi"), "fi-x-selko": _("selkokielellä")}


class TableForm(forms.Form):
    """Whose information it is, and the file."""

    giver = forms.CharField(
        label=_("Kenen tiedot?"),
        max_length=50,
        help_text=_("Esimerkiksi yhdistyksen nimi. Samalla nimellä sarakkeet muistetaan ensi kerralla."),
    )
    file = forms.FileField(label=_("Taulukko"), help_text=_("CSV, Excel (.xlsx) tai JSON-rivit, enintään 50 Mt."))

    def clean_giver(self) -> str:
        """A name with at least one letter or digit."""
        giver = " ".join(str(self.cleaned_data["giver"]).split())
        if not any(letter.isalnum() for letter in giver):
            raise forms.ValidationError(_("Kirjoita nimi, josta tiedot tunnistaa."))
        return giver

    def clean_file(self) -> Any:
        """A file that is not empty nor too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tiedosto on yli 50 megatavua. Jaa se osiin."))
        if sentence := refusal_of(file):
            raise forms.ValidationError(sentence)
        return file


class PlanForm(forms.Form):
    """Where a source is and how often it is fetched."""

    address = forms.URLField(
        label=_("Osoite"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Verkko-osoite, josta tiedot haetaan, esimerkiksi https://yhdistys.example/kalenteri.ics"),
    )
    every_hours = forms.TypedChoiceField(label=_("Kuinka usein haetaan?"), coerce=int, choices=list(RHYTHMS.items()), initial=24)

    def clean_address(self) -> str:
        """A web address; files of the machine are read by the command only."""
        address = str(self.cleaned_data["address"])
        if not address.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(_("Osoitteen alussa pitää olla http:// tai https://."))
        parts = urlsplit(address)
        if parts.username or parts.password:
            raise forms.ValidationError(_("Osoitteessa on tunnus tai salasana. Pyydä antajalta osoite, johon niitä ei tarvita."))
        if not settings.PRIVATE_NETWORKS and is_inner(parts.hostname or ""):
            raise forms.ValidationError(_("Osoite on palvelimen omassa verkossa, josta ei haeta."))
        return address


class SourceForm(PlanForm):
    """A new source: whose it is, what it is and on what terms."""

    name = forms.CharField(label=_("Kenen tiedot?"), max_length=120, help_text=_("Esimerkiksi yhdistyksen tai kunnan nimi."))
    adapter = forms.ChoiceField(label=_("Millainen lähde?"), choices=list(FETCHED.items()))
    licence = forms.CharField(label=_("Lisenssi"), max_length=120, required=False, help_text=_("Esimerkiksi CC BY 4.0. Kysy antajalta."))
    field_order = ("name", "adapter", "address", "every_hours", "licence")

    def clean_address(self) -> str:
        """One address is one source: fetched twice it would give everything twice."""
        address = super().clean_address()
        if known := Source.objects.filter(address=address).first():
            raise forms.ValidationError(_("Tämä osoite haetaan jo: %(name)s.") % {"name": known.name})
        return address


class ColumnsForm(forms.Form):
    """One choice for each column of the table."""

    def __init__(self, *args: Any, headers: list[str], guessed: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        for number, header in enumerate(headers):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=header, required=False, choices=choices(), initial=guessed.get(header, ""), widget=forms.Select
            )

    def clean(self) -> dict[str, Any]:
        """At least one column must be a name, and no two the same single-valued field."""
        data = super().clean() or {}
        if not any(field.startswith("name") for field in self.columns().values()):
            raise forms.ValidationError(_("Mikään sarake ei ole nimi. Valitse sarake, jossa kohteen nimi on."))
        chosen = [field for field in self.columns().values() if field.partition(":")[0] not in SEVERAL]
        if twice := next((field for field in chosen if chosen.count(field) > 1), ""):
            label = FIELDS[twice.partition(":")[0]]
            raise forms.ValidationError(_("Kaksi saraketta on merkitty samaksi: %(field)s. Valitse vain toinen.") % {"field": label})
        return data

    def columns(self) -> dict[str, str]:
        """`{header: field}` of the columns that mean something."""
        chosen = {header: self.cleaned_data.get(f"c{number}", "") for number, header in enumerate(self.headers)}
        return {header: field for header, field in chosen.items() if field}


def choices() -> list[tuple[str, Any]]:
    """Every field a column can be, translated texts in each language too."""
    found: list[tuple[str, Any]] = [("", _("Ei tuoda"))]
    for field, label in FIELDS.items():
        found.append((field, label))
        if field in TRANSLATED:
            found += [(f"{field}:{code}", f"{label} {language}") for code, language in LANGUAGES.items()]
    return found
