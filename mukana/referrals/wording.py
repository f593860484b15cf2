"""What is said to residents, receivers, companions and referrers: short, never why somebody was referred."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from mukana.lib.clock import now
from mukana.lib.dates import day, when
from mukana.referrals.labels import OUTCOMES, said
from mukana.referrals.models import Area, Referral, Session

EMERGENCY = "112"


def spoken(reference: str) -> str:
    """A reference in two halves, as it is read aloud."""
    return f"{reference[:5]}-{reference[5:]}"


def ring(case: Referral) -> str:
    """The number to ring, as the area tells it, else the region's."""
    area = Area.objects.filter(pk=case.area_id).first()
    return (area.phone if area else "") or settings.CONTACT_PHONE


def receipt(case: Referral, by: datetime) -> str:
    """To the resident when the referral has been sent."""
    name = str(case.link_worker or _("Linkkihenkilö"))
    return _("%(name)s soittaa sinulle viimeistään %(day)s. Jos kukaan ei ole soittanut, soita %(phone)s. Tunnus %(reference)s.") % {
        "name": name, "day": day(by.date(), now().date()), "phone": ring(case), "reference": spoken(case.reference),
    }  # fmt: skip


def first_session(session: Session) -> str:
    """When, where, who meets."""
    placement = session.placement
    return _("%(what)s: %(when)s, %(place)s. Sinua vastassa on %(host)s. %(bring)s Kysy: %(phone)s.") % {
        "what": placement.entry_name, "when": when(session.starts_at, session.ends_at, now()), "place": session.place,
        "host": session.host, "bring": session.bring, "phone": ring(placement.referral),
    }  # fmt: skip


def cancelled(session: Session) -> str:
    """The first session is not held."""
    return _("%(what)s %(when)s on peruttu. Sovimme uuden ajan. Kysy: %(phone)s.") % {
        "what": session.placement.entry_name, "when": when(session.starts_at, session.ends_at, now()),
        "phone": ring(session.placement.referral),
    }  # fmt: skip


def plan(case: Referral) -> str:
    """What was agreed."""
    names = ", ".join(case.placements.filter(state__in=("requested", "accepted", "scheduled")).values_list("entry_name", flat=True))
    return _("Sovimme yhdessä: %(what)s. Kysy milloin vain: %(phone)s.") % {"what": names or case.own_path, "phone": ring(case)}


def not_reached(case: Referral) -> str:
    """The letter after three vain attempts."""
    return _("Yritimme tavoittaa sinut. Soita, kun sinulle sopii: %(phone)s. Tunnus %(reference)s.") % {
        "phone": ring(case), "reference": spoken(case.reference),
    }  # fmt: skip


def companion_changed(session_at: datetime) -> str:
    """For the call to the resident when a companion cannot come."""
    return _("Kerro: saattaja ei pääse %(when)s. Sovi, tuleeko toinen saattaja vai siirretäänkö.") % {"when": when(session_at, None, now())}


def offer(case: Referral, name: str, url: str, until: datetime) -> str:
    """To a receiver: no name, only that somebody would like to come."""
    return _("Joku haluaisi tulla mukaan: %(what)s. Katso ja vastaa %(day)s mennessä: %(url)s") % {
        "what": name, "day": day(until.date(), now().date()), "url": url,
    }  # fmt: skip


def view_ready(name: str, url: str) -> str:
    """To a receiver who said yes by phone."""
    return _("Kiitos, että otatte vastaan: %(what)s. Nimi ja puhelinnumero: %(url)s") % {"what": name, "url": url}


def queue_ready(name: str, url: str) -> str:
    """To a receiver who put somebody on the waiting list by phone."""
    return _("Kiitos, jono on merkitty: %(what)s. Kerro täällä, kun on tilaa: %(url)s") % {"what": name, "url": url}


def still_waiting(name: str) -> str:
    """A reminder to a receiver."""
    return _("Muistutus: odotamme vielä vastaustanne. %(what)s. Aiempi linkki toimii.") % {"what": name}


def mark_please(name: str) -> str:
    """Did the person come?"""
    return _("Tuliko uusi osallistuja? %(what)s. Vastaa K (tuli) tai E (ei tullut).") % {"what": name}


def gone(name: str) -> str:
    """To a receiver whose offer was taken back."""
    return _("Kiitos, tätä tarjousta ei enää tarvita: %(what)s.") % {"what": name}


def delete_please(name: str, until: datetime) -> str:
    """To a receiver after a withdrawal."""
    return _("Osallistuja on perunut lupansa: %(what)s. Poistakaa hänen tietonsa ja kuitatkaa %(day)s mennessä.") % {
        "what": name, "day": day(until.date(), now().date()),
    }  # fmt: skip


def companion_offer(what: str, at: datetime, place: str, url: str) -> str:
    """To a companion: where and when, nothing of whom or why."""
    return _("Pääsetkö saattajaksi: %(what)s, %(when)s, %(place)s? Vastaa: %(url)s") % {
        "what": what, "when": when(at, None, now()), "place": place, "url": url,
    }  # fmt: skip


def companion_off(at: datetime) -> str:
    """To a companion who is not needed any more."""
    return _("Sinua ei enää tarvita saattajaksi %(when)s. Kiitos!") % {"when": when(at, None, now())}


def feedback(case: Referral, kind: str, outcome: str) -> str:
    """To the referrer: status and reason only."""
    sentences = {
        "acknowledged": _("Hyvinvointilähete on otettu vastaan. Linkkihenkilö ottaa yhteyttä."),
        "first_visit": _("Ensimmäinen käynti on toteutunut."),
        "closed": _("Hyvinvointilähete on päättynyt: %(outcome)s.") % {"outcome": outcome_words(outcome)},
        "not_reached": _("Asukasta ei ole tavoitettu. Lähete on auki, kunnes hän soittaa tai aika päättyy."),
        "withdrawn": _("Hyvinvointilähete on peruttu."),
    }
    return f"{spoken(case.reference)}: {sentences[kind]}"


def outcome_words(code: str) -> str:
    """An outcome inside a sentence."""
    words = said(OUTCOMES, code)
    return words[:1].lower() + words[1:]


def digest(count: int) -> str:
    """To a member of staff: how many things ask for them; no names."""
    return _("Sinulla on %(count)d asiaa, joiden aika on tullut. Katso työpöydältäsi.") % {"count": count}


def glass(opened: datetime) -> str:
    """To the data protection officer."""
    return _("Yhteystiedot avattiin hätätilanteessa %(when)s. Tarkasta avaus seuraavan arkipäivän aikana.") % {
        "when": when(opened, None, now())
    }
