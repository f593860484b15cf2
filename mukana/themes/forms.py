"""The six things an organisation decides, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.accounts.queries import can, find_organisations
from mukana.lib.colours import normal
from mukana.organisations.models import Organisation
from mukana.themes.actions import Logo
from mukana.themes.logos import SENTENCES, LogoError, fitted
from mukana.themes.models import Theme
from mukana.themes.queries import reaches_all

if TYPE_CHECKING:
    Base = forms.ModelForm[Theme]
else:
    Base = forms.ModelForm  # takes no model in brackets when it runs

FONTS = [("ysabeau", _("Ysabeau Office")), ("plain", _("Laitteen oma kirjasin"))]
CORNERS = [(14, _("Pyöreät")), (6, _("Hieman pyöristetyt")), (0, _("Suorat"))]


class ColourField(forms.CharField):
    """A colour as "#43306b"; browsers show a palette."""

    widget = forms.TextInput(attrs={"type": "color"})
    default_error_messages = {
        "required": _("Valitse väri."),
        "invalid": _("Tämä ei ole väri. Kirjoita väri kuudella merkillä, esimerkiksi #43306b."),
    }

    def clean(self, value: Any) -> str:
        """In one shape."""
        found = normal(super().clean(value))
        if not found:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class ThemeForm(Base):
    """What only the keepers of the whole site decide is left out for others."""

    brand = ColourField(label=_("Pääväri"), help_text=_("Linkit, painikkeet ja tehdyt asiat."))
    accent = ColourField(label=_("Korostusväri"), help_text=_("Se, mitä tapahtuu nyt."))
    tint = ColourField(label=_("Taustasävy"), help_text=_("Valittu kohta ja tiedotteet."))
    font = forms.ChoiceField(label=_("Kirjasin"), choices=FONTS, widget=forms.RadioSelect)
    corner = forms.TypedChoiceField(label=_("Kulmat"), choices=CORNERS, coerce=int, widget=forms.RadioSelect)
    picture = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG- tai WebP-kuva, enintään 1 Mt. Logo tulee nimen viereen, ei sen tilalle.")
    )
    without_logo = forms.BooleanField(label=_("Ota logo pois"), required=False)
    owner = forms.CharField(label=_("Kenen ulkoasu"), required=False, max_length=200, help_text=_("Organisaation nimi."))
    addresses = forms.CharField(
        label=_("Verkko-osoitteet"), required=False, max_length=400, help_text=_("Esimerkiksi mukana.kunta.fi. Useita: pilkku väliin.")
    )

    class Meta:
        model = Theme
        fields = ["name", "slug", "brand", "accent", "tint", "font", "corner", "everywhere"]
        labels = {"name": _("Nimi sivun yläreunassa"), "slug": _("Tunnus osoitteessa"), "everywhere": _("Koko sivuston ulkoasu")}
        help_texts = {
            "slug": _("Pieniä kirjaimia ja väliviivoja. Ulkoasu näkyy osoitteessa /y/tunnus/."),
            "name": _("Enintään 40 merkkiä."),
        }
        error_messages = {
            "slug": {
                "unique": _("Tämä tunnus on jo käytössä."),
                "invalid": _("Tunnuksessa voi olla kirjaimia a–z, numeroita ja väliviivoja."),
            }
        }

    def __init__(self, *args: Any, person: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person
        self.found: Organisation | None = self.instance.organisation
        self.made_logo: Logo | None = None
        self.initial["owner"] = str(self.found or "")
        self.initial["addresses"] = ", ".join(self.instance.hosts)
        if not reaches_all(person):
            del self.fields["addresses"], self.fields["everywhere"]
            self.fields["owner"].required = True

    def clean_owner(self) -> str:
        """One organisation within the person's reach."""
        words = str(self.cleaned_data["owner"]).strip()
        if words and words != str(self.found or ""):
            named = find_organisations(words)
            exact = [one for one in named if str(one).casefold() == words.casefold()] or named
            if len(exact) != 1:
                raise forms.ValidationError(_("Kirjoita organisaation nimi niin, että se tarkoittaa vain yhtä."))
            self.found = exact[0]
        elif not words:
            self.found = None
        if self.found is not None and not can(self.person, "themes.edit", self.found):
            raise forms.ValidationError(_("Voit muuttaa vain oman organisaatiosi ulkoasua."))
        return words

    def clean_addresses(self) -> list[str]:
        """Host names that lead here."""
        hosts = [one.strip().lower() for one in self.cleaned_data["addresses"].split(",") if one.strip()]
        strange = [host for host in hosts if host not in settings.ALLOWED_HOSTS]
        if strange:
            sentence = _("Osoite %(host)s ei johda tänne. Pyydä ylläpitoa lisäämään se asetukseen MUKANA_HOSTS.")
            raise forms.ValidationError(sentence, params={"host": strange[0]})
        return hosts

    def clean_picture(self) -> UploadedFile[bytes] | None:
        """A logo that can be shown."""
        file: UploadedFile[bytes] | None = self.cleaned_data["picture"]
        if file is not None:
            try:
                self.made_logo = Logo(*fitted(file.read()))
            except LogoError as problem:
                raise forms.ValidationError(str(SENTENCES[problem.code]), code=problem.code) from problem
        return file

    def validate_constraints(self) -> None:
        """The look of the whole site that was gives way on saving."""

    def theme(self) -> Theme:
        """The theme as it was typed, not saved."""
        theme = self.instance
        theme.organisation = self.found
        theme.hosts = self.cleaned_data.get("addresses", theme.hosts)
        if self.cleaned_data["without_logo"] and self.made_logo is None:
            self.made_logo = Logo()
        return theme
