"""Breaking the glass and reviewing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.accounts.models import Person
from mukana.look.typed import TypedForm
from mukana.organisations.models import Municipality
from mukana.referrals.actions import glass
from mukana.referrals.models import Area, BreakGlass

LONGEST_HIDING = 365


class GlassForm(TypedForm):
    """Whom, exactly; and why: nothing is searched without a reason."""

    kuka = forms.CharField(
        label=_("Kenen yhteystiedot?"), help_text=_("Koko nimi, puhelinnumero tai lähetteen tunnus täsmälleen."), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    kunta = forms.ModelChoiceField(
        label=_("Kotikunta"), help_text=_("Tarvitaan vain, jos samannimisiä on useita."), queryset=Municipality.objects.none(),
        required=False, empty_label=_("En tiedä"),
    )  # fmt: skip
    syy = forms.CharField(
        label=_("Mikä vaara uhkaa?"), help_text=_("Kerro parilla lauseella. Tietosuojavastaava lukee tämän."), max_length=500,
        min_length=glass.SHORTEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Kerro, mikä vaara uhkaa."),
            "min_length": _("Kerro vähän enemmän: mikä vaara uhkaa ja miksi tietoja tarvitaan heti."),
        },
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["kunta"].queryset = Municipality.objects.filter(pk__in=Area.objects.values("pk")).order_by("name_fi")  # type: ignore[attr-defined]

    def run(self, person: Person) -> BreakGlass:
        """Find and open.  Raises Refused."""
        told = self.cleaned_data
        return glass.open_glass(glass.search(told["kuka"], told["kunta"].pk if told["kunta"] else "", person), person, told["syy"])


class ReviewForm(TypedForm):
    """The officer's word."""

    paatos = forms.ChoiceField(
        label=_("Oliko avaaminen perusteltu?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse.")},
        choices=[("justified", _("Oli perusteltu")), ("not_justified", _("Ei ollut perusteltu"))],
    )  # fmt: skip
    paivia = forms.IntegerField(
        label=_("Montako päivää asukkaalle ei vielä kerrota?"), help_text=_("0: avaus näkyy asukkaan omalla sivulla heti."), min_value=0,
        max_value=LONGEST_HIDING, initial=0,
    )  # fmt: skip
    perustelu = forms.CharField(
        label=_("Miksi kertomista lykätään?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Putting off needs a reason."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("paivia") and not told.get("perustelu", "").strip():
            self.add_error("perustelu", _("Kirjoita, miksi kertomista lykätään."))
        return told

    def run(self, opened: BreakGlass, officer: Person) -> BreakGlass:
        """Decide.  Raises Refused."""
        told = self.cleaned_data
        return glass.review(opened, told["paatos"], officer, hide_days=told["paivia"], hide_reason=told["perustelu"])
