"""What residents send from their own page, and at its door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.look.typed import TypedForm
from mukana.referrals import labels
from mukana.referrals.actions.permitting import Given
from mukana.referrals.forms.refer import GROUPS
from mukana.referrals.forms.refer_fields import chips, line, one_of
from mukana.referrals.refusals import words_of
from mukana.referrals.rules.codes import RESIDENT_REASONS, Refused
from mukana.referrals.rules.writing import check_free_text, clean_reference

LONGEST_WORDS = 300


class DoorForm(TypedForm):
    """The reference, as it stands on every message and letter."""

    tunnus = line(_("Lähetteen tunnus"), 20, required=True, autocapitalize="characters", spellcheck="false")

    def clean_tunnus(self) -> str:
        """However it was typed."""
        found = clean_reference(self.cleaned_data["tunnus"])
        if not found:
            raise forms.ValidationError(
                _("Tunnuksessa on kymmenen merkkiä, esimerkiksi ABCDE-23456. Tarkista kirjoitus."), code="reference"
            )
        return found


class CodeForm(DoorForm):
    """The reference with a code: from one's own channel, or from a letter."""

    koodi = line(_("Koodi"), 12, required=True, spellcheck="false")


class WhyForm(forms.Form):
    """Why the first session was missed."""

    syy = one_of(
        _("Mikä esti?"), [(code, labels.RESIDENT_REASONS[code]) for code in RESIDENT_REASONS], required=True,
        error_messages={"required": _("Valitse yksi.")},
    )  # fmt: skip


class UnsafeForm(TypedForm):
    """What is not safe; nothing is allowed again here."""

    kielletty = chips(_("Mikä ei ole turvallista?"), labels.SAFE.items())
    turvakielto = forms.BooleanField(label=_("Minulla on turvakielto"), help_text=_("Poistamme osoitteesi heti."), required=False)
    kerro = forms.CharField(
        label=_("Kerro omin sanoin"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip

    def clean_kerro(self) -> str:
        """Words that may be kept."""
        try:
            return check_free_text(self.cleaned_data["kerro"], LONGEST_WORDS)
        except Refused as refused:
            raise forms.ValidationError(words_of(refused), code=refused.code) from refused

    def clean(self) -> dict[str, Any]:
        """Something has to be told."""
        told = super().clean() or self.cleaned_data
        if not self.errors and not any(told.values()):
            self.add_error("kielletty", gettext("Valitse, mikä ei ole turvallista, tai kerro omin sanoin."))
        return told


class ConfirmForm(TypedForm):
    """The resident's own permissions, when somebody near wrote the referral."""

    luvat = chips(
        _("Mihin annat luvan?"),
        [
            ("companion", _("Saattaja saa etunimeni, puhelimeni ja käytännön tarpeeni")),
            ("reminders", _("Minua saa muistuttaa ensimmäisestä kerrasta")),
        ],
        help_text=_("Kun vastaat kyllä, linkkihenkilö saa nimesi, yhteystietosi ja toiveesi. Muut luvat ovat vapaaehtoisia."),
    )
    kielletty = chips(
        _("Onko jokin tapa sellainen, jota emme saa käyttää?"), labels.SAFE.items(), help_text=_("Jätä tyhjäksi, jos kaikki käy.")
    )
    turvakielto = forms.BooleanField(label=_("Minulla on turvakielto"), help_text=_("Poistamme osoitteesi heti."), required=False)

    def given(self, method: str, language: str) -> tuple[Given, ...]:
        """The permissions, the first one by the yes itself."""
        kinds = ("referral", *self.cleaned_data["luvat"])
        return tuple(Given(kind, GROUPS.get(kind, ()), method=method, language=language) for kind in kinds)
