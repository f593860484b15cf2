"""What staff decide of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.accounts.queries import Everywhere, can, find_organisations
from mukana.embeds.models import Embed
from mukana.embeds.rules import ORGANISER, ROWS, SEARCH, origin
from mukana.look.rules import LANGUAGES
from mukana.themes.queries import themes_for

if TYPE_CHECKING:
    Base = forms.ModelForm[Embed]
else:
    Base = forms.ModelForm  # takes no model in brackets when it runs

MOST_SITES = 20


class EmbedForm(Base):
    """`address` is the address of a search as it stands in the browser; the view reads it."""

    sort = forms.ChoiceField(
        label=_("Mitä luettelo näyttää"),
        choices=[(SEARCH, _("Haun tulokset")), (ORGANISER, _("Yhden järjestäjän kaikki kohteet"))],
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("Haku"),
        help_text=_("Hae Mukanassa ja kopioi haun osoite tähän. Tyhjä näyttää kaiken, pian alkavat ensin."),
        required=False,
        max_length=1000,
    )
    owner = forms.CharField(
        label=_("Järjestäjä"), help_text=_("Järjestäjän nimi. Hän voi myös muuttaa luetteloa."), required=False, max_length=200
    )
    rows = forms.TypedChoiceField(label=_("Montako riviä"), choices=[(n, str(n)) for n in ROWS], coerce=int, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Luettelon kieli"), choices=list(LANGUAGES.items()))
    origins = forms.CharField(
        label=_("Sivustot, jotka saavat näyttää luettelon"),
        help_text=_("Yksi riville, esimerkiksi https://www.kunta.fi. Muualla luettelo ei näy."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Kirjoita ainakin yksi sivusto.")},
    )

    class Meta:
        model = Embed
        fields = ["title", "sort", "rows", "language", "theme"]
        labels = {"title": _("Otsikko"), "theme": _("Ulkoasu")}
        help_texts = {"title": _("Esimerkiksi Ikäihmisten liikunta. Otsikko näkyy luettelon yllä.")}

    def __init__(self, *args: Any, person: Person, address: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person
        self.found = self.instance.organisation
        themes = self.fields["theme"]
        assert isinstance(themes, forms.ModelChoiceField)
        themes.queryset = themes.queryset.filter(pk__in=[theme.pk for theme in themes_for(person)])  # type: ignore[union-attr]
        themes.empty_label = str(_("Mukanan oma"))
        self.initial.update(address=address, owner=str(self.found or ""), origins="\n".join(self.instance.sites))

    def clean_address(self) -> QueryDict:
        """The words of the search."""
        text = self.cleaned_data["address"].strip()
        return QueryDict(urlsplit(text).query or text.partition("?")[2])

    def clean_origins(self) -> list[str]:
        """Each site as its origin."""
        lines = [line for line in self.cleaned_data["origins"].split() if line][:MOST_SITES]
        found = [origin(line) for line in lines]
        if not all(found):
            wrong = lines[found.index("")]
            raise forms.ValidationError(_("Tämä ei ole sivuston osoite: %(line)s"), params={"line": wrong})
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """An organiser's list has its organiser, and both are within the person's reach."""
        data = super().clean() or self.cleaned_data
        words = str(data.get("owner", "")).strip()
        if words != str(self.found or ""):
            named = find_organisations(words)
            exact = [one for one in named if str(one).casefold() == words.casefold()] or named
            self.found = exact[0] if len(exact) == 1 else None
            if words and self.found is None:
                self.add_error("owner", _("Kirjoita järjestäjän nimi niin, että se tarkoittaa vain yhtä."))
        if self.found is None and data.get("sort") == ORGANISER and not self.has_error("owner"):
            self.add_error("owner", _("Kirjoita, kenen kohteet luettelo näyttää."))
        elif not self.has_error("owner") and not can(self.person, "embeds.manage", self.found or Everywhere()):
            self.add_error("owner", _("Voit tehdä luetteloita vain omalle organisaatiollesi."))
        return data
