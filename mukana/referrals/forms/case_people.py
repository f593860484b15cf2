"""Who carries the case, how the resident may be reached, what they allow."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.lib import emails, phones
from mukana.lib.clock import now
from mukana.referrals.actions import protecting, working
from mukana.referrals.actions.own import take_back
from mukana.referrals.actions.permitting import TEXT_VERSION, Given, permit
from mukana.referrals.forms.deed import CaseForm, DeedForm, choices_of
from mukana.referrals.forms.inbox import WorkerForm
from mukana.referrals.forms.refer_fields import printable
from mukana.referrals.labels import METHODS, PERMISSIONS, SAFE, WAYS
from mukana.referrals.models import Referral
from mukana.referrals.queries.seeing import is_permitted
from mukana.referrals.rules.cases import CASE
from mukana.referrals.rules.codes import CONTACT, NAME, PICK_UP, PRACTICALITIES, Deed, Refused

COMPANION_GROUPS = (NAME, CONTACT, PRACTICALITIES, PICK_UP)
_OPEN = CASE.open
ADDRESS = {"katu": "street", "postinumero": "postal_code", "paikkakunta": "city"}


class ReassignForm(WorkerForm):
    """Another link worker carries on."""

    slug = "vaihda"
    title = _("Vaihda linkkihenkilöä")
    button = _("Vaihda linkkihenkilöä")
    lead = _("Tila ja määräaika pysyvät. Avoimet tehtävät siirtyvät uudelle linkkihenkilölle.")
    done = _("Linkkihenkilö on vaihdettu.")
    icon, permission, states = "users", "referrals.coordinate", _OPEN - {"draft", "awaiting_confirmation", "sent"}

    def run(self, deed: Deed) -> object:
        return working.assign(self.thing, self.worker, deed)


class ReachForm(CaseForm):
    """Address protection, what is forbidden, and by which number or address the resident is reached."""

    slug = "yhteys"
    title = _("Turvallinen yhteydenpito")
    button = _("Tallenna")
    lead = _("Vaikuttaa heti kaikkiin viesteihin, kirjeisiin ja siihen, mitä järjestäjät näkevät. Kielletyt viestit eivät lähde.")
    done = _("Yhteydenpidon ehdot on tallennettu. Ne ovat jo voimassa.")
    icon, states = "lock-simple", _OPEN

    suojattu = forms.BooleanField(label=_("Turvakielto: osoitetta tai asuinpaikkaa ei näytetä missään"), required=False)
    kielletty = forms.MultipleChoiceField(
        label=_("Mikä ei ole turvallista?"), required=False, choices=choices_of(SAFE), widget=forms.CheckboxSelectMultiple
    )
    tapa = forms.ChoiceField(label=_("Mieluisin tapa"), choices=choices_of(WAYS))
    puhelin = forms.CharField(label=_("Puhelinnumero"), required=False, max_length=40)
    posti = forms.CharField(label=_("Sähköposti"), required=False, max_length=254)
    katu = forms.CharField(label=_("Katuosoite"), required=False, max_length=120, validators=[printable])
    postinumero = forms.CharField(label=_("Postinumero"), required=False, max_length=10)
    paikkakunta = forms.CharField(label=_("Postitoimipaikka"), required=False, max_length=60, validators=[printable])

    def set_up(self) -> None:
        one = self.thing.resident
        self.initial.update(
            suojattu=one.protected, kielletty=one.safe, tapa=one.preferred, puhelin=phones.shown(one.phone), posti=one.email
        )
        for name, part in ADDRESS.items():
            if one.protected:
                del self.fields[name]  # of a protected person none is asked or kept
            else:
                self.initial[name] = (one.address or {}).get(part, "")

    def clean_puhelin(self) -> str:
        """A number that can be rung."""
        number = phones.normal(self.cleaned_data["puhelin"])
        if self.cleaned_data["puhelin"].strip() and not number.startswith("+"):
            raise forms.ValidationError(gettext("Numerosta puuttuu numeroita tai siinä on ylimääräisiä. Tarkista se."), code="phone")
        return number

    def clean_posti(self) -> str:
        """An address that can be written to."""
        address = emails.normal(self.cleaned_data["posti"])
        if self.cleaned_data["posti"].strip() and not address:
            raise forms.ValidationError(gettext("Tämä ei ole sähköpostiosoite. Tarkista kirjoitus."), code="email")
        return address

    def run(self, deed: Deed) -> object:
        if not self.thing.open:
            raise Refused("ended", state=self.thing.state)
        told = self.cleaned_data
        address = {part: told[name].strip() for name, part in ADDRESS.items() if told.get(name, "").strip()}
        ways = protecting.Ways(told["puhelin"], told["posti"], told["tapa"], address)
        return protecting.reach_safely(self.thing.resident, ways, deed, protected=told["suojattu"], safe=told["kielletty"])


class PermitForm(CaseForm):
    """A permission that is not for one receiver: feedback, companion, reminders, measures."""

    slug = "lupa"
    title = _("Kirjaa lupa")
    button = _("Kirjaa lupa")
    lead = _("Lue lupa ääneen ja kysy: sopiiko näin?")
    aloud = TEXT_VERSION  # which text is read
    done = _("Lupa on kirjattu.")
    icon, states = "check", _OPEN

    lupa = forms.ChoiceField(
        label=_("Mihin asukas antaa luvan?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse lupa.")}
    )
    tapa = forms.ChoiceField(
        label=_("Miten lupa annettiin?"), choices=[(code, word) for code, word in METHODS.items() if code in ("oral", "paper")]
    )

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return super().offered(thing) and bool(missing_permissions(thing))

    def set_up(self) -> None:
        field = self.fields["lupa"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = missing_permissions(self.thing)

    def run(self, deed: Deed) -> object:
        kind = self.cleaned_data["lupa"]
        groups = COMPANION_GROUPS if kind == "companion" else ()
        return permit(self.thing, [Given(kind, groups, method=self.cleaned_data["tapa"], language=self.thing.resident.language)], deed)


def missing_permissions(case: Referral) -> list[tuple[str, object]]:
    """The kinds that do not stand."""
    return [
        (kind, word) for kind, word in PERMISSIONS.items() if kind not in ("referral", "receiver") and not is_permitted(case, kind, now())
    ]


class UnpermitForm(DeedForm):
    """One permission is taken back, and what stood on it ends; the whole referral has a form of its own."""

    slug = "lupapois"
    title = _("Asukas peruu luvan")
    button = _("Asukas peruu luvan")
    done = _("Lupa on peruttu. Tietoja ei enää näytetä sen perusteella kenellekään.")
    role = "resident"

    def run(self, deed: Deed) -> object:
        return take_back(self.thing, deed)
