"""How a case ends or begins again: closing, withdrawing, reopening, a mistake seen by two people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.referrals.actions import ending, erring, working
from mukana.referrals.forms.deed import CaseForm, channel_field, choices_of
from mukana.referrals.labels import ERROR_REASONS, OUTCOMES
from mukana.referrals.models import Referral
from mukana.referrals.queries.erring import asked_in_error
from mukana.referrals.rules.cases import AWAITING, CASE, CLOSABLE, CLOSED, ERROR, FOLLOW_UP, FOLLOW_UPS_MONTHS, UNREACHABLE
from mukana.referrals.rules.codes import ALWAYS_CLOSABLE, Deed
from mukana.referrals.rules.codes import OUTCOMES as CODES


class CloseForm(CaseForm):
    """A person ends the case; what does not suit the state is not offered."""

    slug = "paata"
    title = _("Päätä lähete")
    button = _("Päätä lähete")
    lead = _("Avoimet tarjoukset ja tehtävät päättyvät. Lähettäjä kuulee lopputuloksen, jos asukas on antanut siihen luvan.")
    done = _("Lähete on päättynyt. Sen voi avata uudelleen vuoden sisällä.")
    icon, states = "check-circle", CASE.open

    tulos = forms.ChoiceField(
        label=_("Miten se päättyi?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse, miten se päättyi.")}
    )

    def set_up(self) -> None:
        field = self.fields["tulos"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, word) for code, word in choices_of(OUTCOMES) if code in fitting(self.thing)]

    def run(self, deed: Deed) -> object:
        return ending.close(self.thing, self.cleaned_data["tulos"], deed)


class WithdrawForm(CaseForm):
    """The resident takes everything back, by whatever way they say it."""

    slug = "peru"
    title = _("Asukas peruu lähetteen ja luvat")
    button = _("Peru lähete ja luvat")
    lead = _("Tietoja ei tämän jälkeen näytetä kenellekään, ja järjestäjiä pyydetään poistamaan ne. Tätä ei voi kumota.")
    done = _("Peruttu. Järjestäjät on pyydetty poistamaan tiedot.")
    icon, role, states = "x", "resident", CASE.open

    kanava = channel_field(label=_("Millä tavalla asukas kertoi?"))
    varma = forms.BooleanField(
        label=_("Asukas on itse sanonut, että haluaa perua"), error_messages={"required": _("Varmista ensin asukkaalta.")}
    )

    def run(self, deed: Deed) -> object:
        return ending.withdraw(self.thing, deed)


class ReopenForm(CaseForm):
    """Within a year the same case goes on."""

    slug = "avaa"
    title = _("Avaa uudelleen")
    button = _("Avaa uudelleen")
    lead = _("Sama tunnus ja historia jatkuvat.")
    done = _("Lähete on taas auki. Ota yhteyttä kahden työpäivän sisällä.")
    icon, role, states = "arrows-clockwise", "resident", frozenset({CLOSED})

    kanava = channel_field(label=_("Millä tavalla asukas kertoi, että haluaa jatkaa?"))

    def run(self, deed: Deed) -> object:
        return working.reopen(self.thing, deed)


class MistakeForm(CaseForm):
    """The first of two people says that it ought not to be here."""

    slug = "virhe"
    title = _("Kirjattu vahingossa")
    button = _("Pyydä merkitsemään vahingossa tehdyksi")
    lead = _("Lähete piilotetaan vasta, kun toinen henkilö vahvistaa tämän. Tieto tapahtuneesta säilyy.")
    done = _("Pyyntö on kirjattu. Koordinaattori saa tehtävän vahvistaa sen.")
    icon, states = "trash", frozenset(CASE.states) - {ERROR}

    syy = forms.ChoiceField(label=_("Miksi?"), choices=choices_of(ERROR_REASONS))

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return super().offered(thing) and asked_in_error(thing) is None

    def run(self, deed: Deed) -> object:
        return erring.ask_error(self.thing, self.cleaned_data["syy"], deed)


class ConfirmMistakeForm(CaseForm):
    """The second person agrees: the case is hidden."""

    slug = "vahvista"
    title = _("Vahvista: kirjattu vahingossa")
    button = _("Vahvista ja piilota lähete")
    lead = _("Järjestäjiä pyydetään poistamaan tiedot. Lähete ei enää näy kenellekään, mutta tapahtumat säilyvät.")
    done = _("Lähete on merkitty vahingossa tehdyksi ja piilotettu.")
    icon, role, permission = "check", "coordinator", "referrals.coordinate"

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return asked_in_error(thing) is not None

    def run(self, deed: Deed) -> object:
        return erring.confirm_error(self.thing, deed)


class NoMistakeForm(CaseForm):
    """It was no mistake."""

    slug = "eivirhe"
    title = _("Ei ollut vahinko")
    button = _("Hylkää pyyntö")
    done = _("Pyyntö on hylätty. Lähete jatkuu.")
    icon = "x"

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return asked_in_error(thing) is not None

    def run(self, deed: Deed) -> object:
        return erring.refuse_error(self.thing, deed)


def fitting(case: Referral) -> frozenset[str]:
    """The outcomes that the rules take in the state the case is in."""
    if case.state == AWAITING:
        return ALWAYS_CLOSABLE | {"unreachable"}
    if case.state not in CLOSABLE:
        return ALWAYS_CLOSABLE
    if case.state == UNREACHABLE:
        return ALWAYS_CLOSABLE | {"unreachable", "declined_by_resident"}
    if case.state == FOLLOW_UP and case.follow_ups_done < len(FOLLOW_UPS_MONTHS):
        return ALWAYS_CLOSABLE | {"declined_by_resident", "handed_to_health_or_social_care"}
    return frozenset(CODES) - {"unreachable"}
