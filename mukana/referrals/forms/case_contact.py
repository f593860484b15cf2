"""Trying to reach the resident, and their ringing back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mukana.referrals.actions import contacting
from mukana.referrals.forms.deed import BY_VOICE, CaseForm, channel_field, choices_of, note_field
from mukana.referrals.labels import ATTEMPTS
from mukana.referrals.models import Referral
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.rules.attempts import check_unreachable
from mukana.referrals.rules.cases import ACKNOWLEDGED, CONTACTING, UNREACHABLE
from mukana.referrals.rules.codes import Deed, Refused
from mukana.referrals.rules.reaching import usable

_WAY = {"phone": "call", "sms": "sms", "email": "email", "letter": "letter"}


class AttemptForm(CaseForm):
    """One attempt: only the ways that may be used are offered, and no message on a machine where that is forbidden."""

    slug = "yritys"
    title = _("Kirjaa yhteydenotto")
    button = _("Kirjaa yhteydenotto")
    done = _("Yhteydenotto on kirjattu.")
    icon, states = "phone", frozenset({ACKNOWLEDGED, CONTACTING})

    tulos = forms.ChoiceField(label=_("Miten kävi?"), widget=forms.RadioSelect, error_messages={"required": _("Valitse, miten kävi.")})
    kanava = forms.ChoiceField(label=_("Millä tavalla?"))
    sanat = note_field(_("Muistiinpano"), hint=_("Vain mitä työ tarvitsee. Ei terveystietoja, ei henkilötunnusta."))

    def set_up(self) -> None:
        resident = self.thing.resident
        ways = usable(reach_of(resident))
        result, channel = self.fields["tulos"], self.fields["kanava"]
        assert isinstance(result, forms.ChoiceField)
        assert isinstance(channel, forms.ChoiceField)
        but: tuple[str, ...] = ("left_message",) if "no_voicemail" in resident.safe else ()
        if "call" not in ways:
            but = (*ATTEMPTS.keys() - {"reached", "no_answer"},)  # nobody's line is busy where nobody is rung
        result.choices = choices_of(ATTEMPTS, but=but)
        channel.choices = [(code, word) for code, word in BY_VOICE if code == "face" or _WAY[code] in ways]

    def run(self, deed: Deed) -> object:
        return contacting.attempt(self.thing, self.cleaned_data["tulos"], deed, note=self.cleaned_data["sanat"])


class WriteForm(CaseForm):
    """Who has an address only is written to: a letter in one's own words, which is the attempt."""

    slug = "kirjoita"
    title = _("Kirjoita kirje")
    button = _("Tee kirje")
    lead = _("Asukkaalla ei ole puhelinta eikä sähköpostia. Kirjoita, milloin tulet käymään tai mihin numeroon hän voi soittaa.")
    done = _("Kirje on tehty. Tulosta ja postita se Tehtävistä. Yhteydenotto on kirjattu.")
    icon, states = "envelope", frozenset({ACKNOWLEDGED, CONTACTING})

    kirje = note_field(
        _("Kirjeen sanat"),
        contacting.LONGEST_LETTER,
        required=True,
        hint=_("Nimi, osoite ja puhelinnumerosi tulevat kirjeeseen valmiina."),
    )

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        ways = usable(reach_of(thing.resident))
        return super().offered(thing) and "letter" in ways and not {"call", "sms", "email"} & set(ways)

    def run(self, deed: Deed) -> object:
        return contacting.write(self.thing, self.cleaned_data["kirje"], deed)


class UnreachableForm(CaseForm):
    """Three tries on three days in two ways were in vain."""

    slug = "tavoittamatta"
    title = _("Asukasta ei ole tavoitettu")
    button = _("Merkitse: ei ole tavoitettu")
    lead = _("Asukkaalle lähtee kirje tai muu sallittu viesti, ja hänellä on 20 työpäivää aikaa soittaa takaisin. Lähete pysyy auki.")
    done = _("Merkitty. Lähete pysyy auki, ja asukas voi soittaa takaisin.")
    icon, states = "clock", frozenset({CONTACTING})

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return super().offered(thing) and missing(thing) is None

    def run(self, deed: Deed) -> object:
        return contacting.say_unreachable(self.thing, deed)


class CalledBackForm(CaseForm):
    """The resident got in touch after all."""

    slug = "soitti"
    title = _("Asukas otti yhteyttä")
    button = _("Asukas otti yhteyttä")
    lead = _("Keskustelu alkaa samalla tunnuksella.")
    done = _("Hyvä. Keskustelu jatkuu samalla tunnuksella.")
    icon, role, states = "phone", "resident", frozenset({UNREACHABLE})

    kanava = channel_field(label=_("Millä tavalla?"))

    def run(self, deed: Deed) -> object:
        return contacting.called_back(self.thing, deed)


def missing(case: Referral) -> Refused | None:
    """What is still missing before somebody counts as unreachable."""
    try:
        check_unreachable(contacting.tries_of(case))
    except Refused as refused:
        return refused
    return None
