"""What was agreed with the resident, and how it goes on: plan, pause, follow-up."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mukana.lib.clock import today
from mukana.referrals.actions import working
from mukana.referrals.forms.deed import CaseForm, channel_field, choices_of, date_field, note_field
from mukana.referrals.labels import PAUSE_REASONS
from mukana.referrals.models import Referral
from mukana.referrals.rules.cases import ACTIVE, FOLLOW_UP, FOLLOW_UPS_MONTHS, IN_DIALOGUE, LIVE, LONGEST_PAUSE, PAUSED, PLANNED
from mukana.referrals.rules.codes import RESIDENT, Deed
from mukana.referrals.rules.placements import LIVE as LIVE_PLACEMENT


class PlanForm(CaseForm):
    """The plan is agreed: at least one request has left, or there is an own path."""

    slug = "suunnitelma"
    title = _("Suunnitelma on sovittu")
    button = _("Suunnitelma on sovittu")
    done = _("Suunnitelma on kirjattu, ja asukkaalle kerrotaan siitä hänen valitsemallaan tavalla.")
    icon, states = "check", frozenset({IN_DIALOGUE})

    polku = note_field(
        _("Asukkaan oma tapa"), hint=_("Jos asukas tekee jotain itse tai tuttujen kanssa: ”Kävelee naapurin kanssa tiistaisin.”")
    )

    def set_up(self) -> None:
        names = self.thing.placements.filter(state__in=LIVE_PLACEMENT).values_list("entry_name", flat=True)
        self.lead = gettext("Mukana suunnitelmassa: %(names)s.") % {"names": ", ".join(names)} if names else ""

    def run(self, deed: Deed) -> object:
        return working.plan(self.thing, deed, own_path=self.cleaned_data["polku"])


class PauseForm(CaseForm):
    """Clocks stand still until the day."""

    slug = "tauko"
    title = _("Tauko")
    button = _("Aloita tauko")
    lead = _("Määräajat pysähtyvät paluupäivään asti. Sovitut ensimmäiset kerrat pitävät päivänsä.")
    done = _("Tauko on alkanut. Määräajat jatkuvat paluupäivänä.")
    icon, states = "clock", LIVE - {PAUSED}

    syy = forms.ChoiceField(label=_("Miksi?"), choices=choices_of(PAUSE_REASONS))
    asti = date_field(_("Milloin jatketaan?"), _("Enintään 90 päivän päästä."))

    def set_up(self) -> None:
        first, last = today() + timedelta(days=1), today() + LONGEST_PAUSE
        self.fields["asti"].widget.attrs.update(min=first.isoformat(), max=last.isoformat())

    def run(self, deed: Deed) -> object:
        return working.pause(self.thing, self.cleaned_data["asti"], self.cleaned_data["syy"], deed)


class ResumeForm(CaseForm):
    """The pause ends now."""

    slug = "jatka"
    title = _("Jatka tauolta")
    button = _("Jatka nyt")
    done = _("Jatketaan. Määräaikoja on yhtä paljon kuin tauon alkaessa oli jäljellä.")
    icon, states = "check", frozenset({PAUSED})

    def run(self, deed: Deed) -> object:
        return working.resume(self.thing, deed)


class FollowUpForm(CaseForm):
    """Regular support ends."""

    slug = "seuranta"
    title = _("Siirrä seurantaan")
    button = _("Siirrä seurantaan")
    lead = _("Säännöllinen tuki päättyy. Soitat kuukauden, kolmen ja kuuden kuukauden päästä.")
    done = _("Lähete on seurannassa. Ensimmäinen soitto on kuukauden päästä.")
    icon, states = "calendar-check", frozenset({ACTIVE, PLANNED})

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return thing.state == ACTIVE or (thing.state == PLANNED and bool(thing.own_path))

    def run(self, deed: Deed) -> object:
        return working.follow_up(self.thing, deed)


HEARD = (
    ("still", _("Käy yhä")), ("talked", _("Jutelimme, ei käy nyt")), ("no_answer", _("Ei vastannut")), ("other", _("Haluaa jotain muuta")),
)  # fmt: skip


class FollowedUpForm(CaseForm):
    """One of the later contacts was made."""

    slug = "seurattu"
    title = _("Seurantasoitto")
    button = _("Kirjaa seurantasoitto")
    done = _("Seurantasoitto on kirjattu.")
    icon, states = "phone", frozenset({FOLLOW_UP})

    tulos = forms.ChoiceField(label=_("Miten kävi?"), choices=HEARD, initial="still", required=False, widget=forms.RadioSelect)
    kanava = channel_field(label=_("Millä tavalla?"))

    @classmethod
    def offered(cls, thing: Referral) -> bool:
        return super().offered(thing) and thing.follow_ups_done < len(FOLLOW_UPS_MONTHS)

    def set_up(self) -> None:
        number = min(self.thing.follow_ups_done + 1, len(FOLLOW_UPS_MONTHS))
        self.lead = gettext("Soitto %(number)d/%(all)d. Kysy, mitä kuuluu ja käykö asukas vielä.") % {
            "number": number,
            "all": len(FOLLOW_UPS_MONTHS),
        }

    def run(self, deed: Deed) -> object:
        heard = self.cleaned_data["tulos"]
        if heard == "no_answer":
            return working.not_answered(self.thing, deed)
        if heard == "other":
            return working.wants_more(self.thing, Deed(deed.by, RESIDENT, deed.channel, deed.key))
        return working.followed_up(self.thing, deed)


class WantsMoreForm(CaseForm):
    """In follow-up the resident wants something new."""

    slug = "haluaa"
    title = _("Asukas haluaa jotain uutta")
    button = _("Aloita keskustelu uudelleen")
    done = _("Keskustelu on alkanut uudelleen samalla tunnuksella.")
    icon, role, states = "arrows-clockwise", "resident", frozenset({FOLLOW_UP})

    kanava = channel_field(label=_("Millä tavalla asukas kertoi?"))

    def run(self, deed: Deed) -> object:
        return working.wants_more(self.thing, deed)
