"""Deeds on a placement: permission and request, a receiver's answer taken on the phone, taking it back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.lib.clock import now
from mukana.referrals.actions import answering, offering, visiting
from mukana.referrals.actions.permitting import Given, permit
from mukana.referrals.forms.deed import DeedForm, channel_field, choices_of, note_field
from mukana.referrals.labels import DECLINE_REASONS, END_REASONS, FIELD_GROUPS, METHODS, RECALL_REASONS, listed
from mukana.referrals.models import Placement
from mukana.referrals.queries.seeing import grants_of, is_permitted
from mukana.referrals.rules import placements
from mukana.referrals.rules.codes import FIELD_GROUPS as GROUPS
from mukana.referrals.rules.codes import Deed
from mukana.referrals.rules.permitting import granted

BY_STAFF = ("silent", "withdrawn", "case_ended")  # these reasons are the system's own
ON_PHONE = ("phone", "email", "sms", "face")
AFTER_YES = frozenset({"name", "contact", "pick_up"})
ALOUD = {
    "area": _("ikäryhmäsi ja kotikuntasi"),
    "wish": _("toiveesi"),
    "practical": _("käytännön tarpeesi"),
    "language": _("kielesi"),
    "name": _("nimesi"),
    "contact": _("puhelinnumerosi tai muu yhteystietosi"),
    "pick_up": _("noutopaikkasi"),
}


class PlacementForm(DeedForm):
    """A deed on a placement; `states` in which it is offered."""

    states: frozenset[str] = frozenset()
    thing: Placement

    @classmethod
    def offered(cls, thing: Placement) -> bool:
        return thing.state in cls.states


class ReceiverForm(PlacementForm):
    """What the receiver says, written down by staff: through which channel it was said."""

    role = "receiver"
    kanava = channel_field(only=ON_PHONE, label=_("Millä tavalla järjestäjä vastasi?"))


class RequestForm(PlacementForm):
    """Read aloud what the receiver will see, write the permission down, send the request."""

    slug = "pyyda"
    title = _("Kysy lupa ja pyydä paikkaa")
    button = _("Kirjaa lupa ja lähetä pyyntö")
    done = _("Pyyntö on lähtenyt järjestäjälle. Nimeä ei näy, ennen kuin järjestäjä suostuu.")
    icon, states = "envelope", frozenset({placements.PROPOSED})

    ryhmat = forms.MultipleChoiceField(
        label=_("Mitä järjestäjälle saa kertoa?"), choices=choices_of(FIELD_GROUPS), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse ainakin yksi, tai älä lähetä pyyntöä.")},
    )  # fmt: skip
    tapa = forms.ChoiceField(
        label=_("Miten lupa annettiin?"), choices=[(code, word) for code, word in METHODS.items() if code in ("oral", "paper")]
    )

    def set_up(self) -> None:
        case = self.thing.referral
        standing = granted(grants_of(case), "receiver", now(), str(self.thing.entry_id or ""))
        hidden = {"area", "pick_up"} if case.resident.protected else {"pick_up"}
        ticked = sorted(standing) or [group for group in GROUPS if group not in hidden]
        self.initial["ryhmat"] = ticked
        self.lead = _aloud(self.thing.entry_name, frozenset(ticked))

    def run(self, deed: Deed) -> object:
        case, told = self.thing.referral, self.cleaned_data
        chosen = frozenset(told["ryhmat"])
        if granted(grants_of(case), "receiver", now(), str(self.thing.entry_id or "")) != chosen:
            permit(case, [Given("receiver", tuple(chosen), self.thing.entry_id, told["tapa"], language=case.resident.language)], deed)
        return offering.request(self.thing, deed)


class AcceptedForm(ReceiverForm):
    """The receiver's yes on the phone."""

    slug = "suostuu"
    title = _("Järjestäjä suostuu")
    button = _("Kirjaa: suostuu")
    lead = _("Järjestäjä saa viestin, jonka linkistä nimi ja puhelinnumero näkyvät.")
    done = _("Kirjattu. Järjestäjä näkee nyt nimen ja numeron.")
    icon, states = "check", frozenset({placements.REQUESTED})

    def run(self, deed: Deed) -> object:
        return answering.accept(self.thing, deed)


class DeclinedForm(ReceiverForm):
    """The receiver's no, with the reason and what they propose instead."""

    slug = "eisovellut"
    title = _("Järjestäjä ei voi ottaa")
    button = _("Kirjaa: ei onnistu")
    done = _("Kirjattu. Koordinaattori saa tehtävän, ja tarve näkyy alueen luvuissa.")
    icon, states = "x", frozenset({placements.REQUESTED, placements.WAITLISTED})

    field_order = ("syy", "ehdotus")
    syy = forms.ChoiceField(label=_("Miksi?"), choices=choices_of(DECLINE_REASONS))
    ehdotus = note_field(_("Mitä järjestäjä ehdottaa tilalle?"), hint=_("Esimerkiksi: ”Uusi ryhmä alkaa 12.1.”"))

    def run(self, deed: Deed) -> object:
        return answering.decline(self.thing, self.cleaned_data["syy"], deed, counter_proposal=self.cleaned_data["ehdotus"])


class WaitlistedForm(ReceiverForm):
    """There is room later."""

    slug = "jonoon"
    title = _("Järjestäjä ottaa jonoon")
    button = _("Kirjaa: jonoon")
    lead = _("Kysymme asukkaalta kuukauden välein, haluaako hän vielä. 20 työpäivän päästä tarjotaan muuta.")
    done = _("Kirjattu jonoon.")
    icon, states = "clock", frozenset({placements.REQUESTED})

    def run(self, deed: Deed) -> object:
        return answering.waitlist(self.thing, deed)


class RecallForm(PlacementForm):
    """The offer is taken back."""

    slug = "veda"
    title = _("Vedä tarjous pois")
    button = _("Vedä tarjous pois")
    lead = _("Linkki lakkaa toimimasta heti, ja järjestäjälle kerrotaan, ettei paikkaa enää tarvita.")
    done = _("Tarjous on vedetty pois.")
    icon, states = "x", placements.PLACEMENT.open - placements.REACHED_FIRST

    syy = forms.ChoiceField(label=_("Miksi?"), choices=choices_of(RECALL_REASONS, but=BY_STAFF))

    def run(self, deed: Deed) -> object:
        return offering.recall(self.thing, self.cleaned_data["syy"], deed)


class EndForm(PlacementForm):
    """The person does not come any more."""

    slug = "loppu"
    title = _("Käyminen päättyi")
    button = _("Kirjaa: päättyi")
    done = _("Kirjattu päättyneeksi.")
    icon = "check-circle"
    states = placements.REACHED_FIRST | {placements.MISSED_FIRST, placements.SESSION_CANCELLED}

    syy = forms.ChoiceField(label=_("Miten se päättyi?"), choices=choices_of(END_REASONS))

    def run(self, deed: Deed) -> object:
        return offering.end(self.thing, self.cleaned_data["syy"], deed)


class CameBackForm(PlacementForm):
    """Somebody who had stayed away comes again."""

    slug = "palasi"
    title = _("Käy taas")
    button = _("Kirjaa: käy taas")
    done = _("Hienoa: kirjattu, että asukas käy taas.")
    icon, states = "check", frozenset({placements.LAPSED})

    def run(self, deed: Deed) -> object:
        return visiting.reached_again(self.thing, deed)


class StillWantedForm(PlacementForm):
    """Ask whether the place on the waiting list is still wanted."""

    slug = "viela"
    title = _("Kysy, haluaako asukas vielä paikan")
    button = _("Lähetä kysymys")
    lead = _("Asukkaalta kysytään hänen valitsemallaan tavalla. Jos tapa on soitto, saat siitä tehtävän.")
    done = _("Kysymys on lähtenyt, tai soitto on tehtävänäsi.")
    icon, states = "question", frozenset({placements.WAITLISTED})

    def run(self, deed: Deed) -> object:
        return answering.still_wanted(self.thing, deed)


class DeletedForm(ReceiverForm):
    """The receiver says that it has deleted what it had."""

    slug = "poistettu"
    title = _("Järjestäjä on poistanut tiedot")
    button = _("Kirjaa: tiedot on poistettu")
    done = _("Kirjattu: järjestäjä on poistanut tiedot.")
    icon = "trash"

    @classmethod
    def offered(cls, thing: Placement) -> bool:
        return thing.deletion_asked_at is not None and thing.deletion_confirmed_at is None

    def run(self, deed: Deed) -> object:
        return answering.confirm_deletion(self.thing, deed)


def _aloud(name: str, ticked: frozenset[str]) -> str:
    """What is read aloud names every field that is ticked beforehand, and when it is told."""
    first = listed(ALOUD, [group for group in ALOUD if group in ticked and group not in AFTER_YES])
    then = listed(ALOUD, [group for group in ALOUD if group in ticked and group in AFTER_YES])
    words = [gettext("Saanko kysyä sinulle paikkaa: %(what)s?") % {"what": name}]
    if first:
        words.append(gettext("Ensin he näkevät vain nämä: %(what)s. Nimeäsi he eivät näe.") % {"what": first})
    if then:
        words.append(gettext("Jos he suostuvat, he saavat nämä: %(what)s.") % {"what": then})
    words.append(gettext("Syytä lähetteeseen emme kerro. Voit perua luvan milloin vain."))
    return gettext("Lue ääneen: ”%(words)s”") % {"words": " ".join(words)}


def permitted(placement: Placement) -> bool:
    """Does the permission to tell this receiver stand?"""
    return is_permitted(placement.referral, "receiver", now(), placement.entry_id)
