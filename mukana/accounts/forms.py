"""What people type when they come in, and what the main user types of them."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.accounts.adapters import TRY_LATER
from mukana.accounts.queries import find_organisations
from mukana.accounts.rules import OF_ORGANISATION, ROLES
from mukana.look.typed import TypedForm
from mukana.organisations.models import Organisation

ADDRESS_WRONG = _("Osoite on kesken. Kirjoita se kokonaan, esimerkiksi etunimi.sukunimi@kunta.fi.")
CODE_BOX = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"})


def code_field(label: Any, hint: Any) -> forms.CharField:
    """A field for a code that a phone may fill in."""
    return forms.CharField(label=label, help_text=hint, max_length=20, widget=CODE_BOX)


class AddressForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth carries no types
    """Where the code is sent."""

    email = forms.EmailField(
        label=_("Sähköpostiosoite"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": ADDRESS_WRONG, "invalid": ADDRESS_WRONG},
    )


class LoginCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth carries no types
    """The code that came by e-mail."""

    code = code_field(_("Koodi"), _("Kahdeksan numeroa, esimerkiksi 1234-5678."))

    def clean_code(self) -> str:
        """Right, and at most the fifth try even when many are sent at once."""
        began = context.request.session.get("account_login", {}).get("initiated_at", "")
        if not ratelimit.consume(context.request, action="login_code_try", key=f"{context.request.session.session_key}:{began}"):
            raise forms.ValidationError(TRY_LATER)
        return str(super().clean_code())


class SecondCodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The second step by an application or a recovery code."""

    code = code_field(_("Koodi"), _("Sovelluksen kuusi numeroa tai yksi varakoodeistasi."))


class AgainCodeForm(ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The same once more, before the account is changed."""

    code = code_field(_("Koodi"), _("Sovelluksen kuusi numeroa tai yksi varakoodeistasi."))


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth carries no types
    """The first code of an application just taken into use."""

    code = code_field(_("Sovelluksen näyttämä koodi"), _("Kuusi numeroa."))


class NameForm(TypedForm):
    """How others see the person."""

    name = forms.CharField(label=_("Nimi"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def clean_name(self) -> str:
        """Without spare spaces, and with a letter."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Kirjoita etunimi ja sukunimi."))
        return name


class RoleForm(forms.Form):
    """A role, in one organisation or in the whole region."""

    role = forms.ChoiceField(
        label=_("Rooli"),
        choices=[("", _("Valitse rooli")), *((code, name) for code, (name, _permissions) in ROLES.items())],
        error_messages={"required": _("Valitse rooli.")},
    )
    organisation = forms.CharField(
        label=_("Organisaatio"),
        required=False,
        max_length=200,
        help_text=_("Nimi tai sen alku. Jätä tyhjäksi, jos rooli koskee koko aluetta."),
    )

    def clean(self) -> dict[str, Any]:
        """One organisation is meant, and roles of organisations have one."""
        data = super().clean() or {}
        words = str(data.get("organisation", "")).strip()
        data["found"] = self._organisation(words) if words else None
        if not words and data.get("role") in OF_ORGANISATION:
            self.add_error("organisation", _("Tämä rooli on aina jossakin organisaatiossa. Kirjoita sen nimi."))
        return data

    def _organisation(self, words: str) -> Organisation | None:
        found = find_organisations(words)
        exact = [one for one in found if str(one).casefold() == words.casefold()]
        if len(exact) == 1:
            return exact[0]
        if len(found) == 1:
            return found[0]
        names = " · ".join(str(one) for one in found[:8])
        self.add_error("organisation", _("Tarkoititko jotain näistä? %s") % names if names else _("Tämän nimistä organisaatiota ei ole."))
        return None


class PersonForm(NameForm, RoleForm):
    """A new person with a first role."""

    email = forms.EmailField(
        label=_("Sähköpostiosoite"),
        max_length=254,
        help_text=_("Kirjautumiskoodi lähetetään tähän."),
        error_messages={"required": ADDRESS_WRONG, "invalid": ADDRESS_WRONG},
    )

    field_order = ["name", "email", "role", "organisation"]

    def clean_email(self) -> str:
        """As it is kept: in small letters."""
        return str(self.cleaned_data["email"]).lower()
