"""What is said to residents, receivers, companions and referrers: short, never why somebody was referred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from mukana.lib.clock import now
from mukana.lib.composed import Composed, Hole
from mukana.lib.dates import day, when
from mukana.referrals.labels import OUTCOMES, RESIDENT_REASONS, said
from mukana.referrals.models import Area, Companion, Referral, Session
from mukana.referrals.queries.seeing import reach_of
from mukana.referrals.queries.there import there_of
from mukana.referrals.rules.codes import SMS_REASONS
from mukana.referrals.rules.reaching import CALL, usable

EMERGENCY = "112"
SPOKEN = ("fi", "sv", "en")  # the languages we can write to a resident in
_PHONE = Composed(lambda: Area.objects.filter(municipality=Hole("area")).values_list("phone", flat=True))


def language_of(case: Referral) -> str:
    """The language the resident is written to in: theirs, else Finnish."""
    return case.resident.language if case.resident.language in SPOKEN else "fi"


@contextmanager
def speaking_to(case: Referral) -> Iterator[None]:
    """What is said to a resident is in the resident's language, whoever presses the button."""
    with override(language_of(case)):
        yield


def _day(moment: datetime) -> str:
    return day(moment.date(), now().date(), get_language() or "fi")


def _when(starts: datetime, ends: datetime | None) -> str:
    return when(starts, ends, now(), language=get_language() or "fi")


def spoken(reference: str) -> str:
    """A reference in two halves, as it is read aloud."""
    return f"{reference[:5]}-{reference[5:]}"


def ring(case: Referral) -> str:
    """The number to ring, as the area tells it, else the region's."""
    return _PHONE.first(area=case.area_id) or settings.CONTACT_PHONE


def receipt(case: Referral, by: datetime) -> str:
    """To the resident when the referral has been sent."""
    with speaking_to(case):
        rings = CALL in usable(reach_of(case.resident))
        does = _("soittaa sinulle") if rings else _("ottaa sinuun yhteyttä")
        done = _("soittanut") if rings else _("ottanut yhteyttä")
        return _("%(name)s %(does)s viimeistään %(day)s. Jos kukaan ei ole %(done)s, soita %(phone)s. Tunnus %(reference)s.") % {
            "name": str(case.link_worker or _("Linkkihenkilö")), "does": does, "done": done, "day": _day(by).rstrip("."),
            "phone": ring(case), "reference": spoken(case.reference),
        }  # fmt: skip


def talked(case: Referral) -> str:
    """Instead of the receipt's words, when the resident has been talked with before its letter was posted."""
    with speaking_to(case):
        return _("Olemme jo jutelleet. Jos sinulla on kysyttävää, soita %(phone)s. Tunnus %(reference)s.") % {
            "phone": ring(case), "reference": spoken(case.reference),
        }  # fmt: skip


def confirmation(case: Referral, until: datetime) -> str:
    """To the resident when somebody near has made a referral: it goes nowhere without their yes."""
    with speaking_to(case):
        return _("Läheisesi ehdottaa sinulle apua liikkeelle lähtemiseen. Mitään ei tehdä, ennen kuin sanot kyllä. Vastaa %(day)s mennessä tai soita %(phone)s. Tunnus %(reference)s.") % {  # noqa: E501  # one sentence for the translator
            "day": _day(until), "phone": ring(case), "reference": spoken(case.reference),
        }  # fmt: skip


def first_session(session: Session) -> str:
    """When, where, who meets."""
    case = session.placement.referral
    with speaking_to(case):
        when_where = ", ".join(filter(None, (_when(session.starts_at, session.ends_at), session.place)))
        bring = _("Ota mukaan: %(what)s.") % {"what": session.bring.rstrip(".")} if session.bring else ""
        more = " ".join(filter(None, (bring, there_of(session).in_short)))
        said = _("%(what)s: %(when)s. Sinua vastassa on %(host)s. %(bring)s Kysy: %(phone)s.") % {
            "what": session.placement.entry_name, "when": when_where, "host": session.host, "bring": more, "phone": ring(case),
        }  # fmt: skip
    return said.replace("  ", " ")


def cancelled(session: Session) -> str:
    """The first session is not held."""
    case = session.placement.referral
    with speaking_to(case):
        return _("%(what)s %(when)s on peruttu. Sovimme uuden ajan. Kysy: %(phone)s.") % {
            "what": session.placement.entry_name, "when": _when(session.starts_at, session.ends_at), "phone": ring(case),
        }  # fmt: skip


def moved(session: Session) -> str:
    """The organiser holds the first session at another time."""
    with speaking_to(session.placement.referral):
        return _("Huomaa uusi aika. %(words)s") % {"words": first_session(session)}


def date_gone(session: Session) -> str:
    """For the call to the receiver: their own dates do not tell the agreed one any more."""
    words = _("Sovittua kertaa %(when)s ei enää ole järjestäjän ajoissa. Kysy, pidetäänkö se, ja kerro asukkaalle.")
    return words % {"when": when(session.starts_at, session.ends_at, now())}


def not_going(session: Session) -> str:
    """The place was taken back: the agreed day is off, and nothing is promised instead."""
    case = session.placement.referral
    with speaking_to(case):
        return _("%(what)s %(when)s on peruttu. Sinun ei tarvitse tulla. Kysy: %(phone)s.") % {
            "what": session.placement.entry_name, "when": _when(session.starts_at, session.ends_at), "phone": ring(case),
        }  # fmt: skip


def plan(case: Referral) -> str:
    """What was agreed."""
    rows = list(case.placements.filter(state__in=("requested", "accepted", "scheduled", "waitlisted")).values_list("entry_name", "state"))
    agreed = [name for name, state in rows if state != "waitlisted"]
    with speaking_to(case):
        queued = [_("%(what)s (olet jonossa)") % {"what": name} for name, state in rows if state == "waitlisted"]
        what = ", ".join((*agreed, *queued)) or case.own_path or _("etsimme sinulle sopivan paikan")
        return _("Sovimme yhdessä: %(what)s. Kysy milloin vain: %(phone)s.") % {"what": what, "phone": ring(case)}


def not_reached(case: Referral) -> str:
    """The letter after three vain attempts."""
    with speaking_to(case):
        return _("Yritimme tavoittaa sinut. Soita, kun sinulle sopii: %(phone)s. Tunnus %(reference)s.") % {
            "phone": ring(case), "reference": spoken(case.reference),
        }  # fmt: skip


def still_wanted(case: Referral, name: str) -> str:
    """To a resident on a waiting list."""
    with speaking_to(case):
        return _("Olet jonossa: %(what)s. Haluatko paikan vielä? Kerro soittamalla %(phone)s.") % {"what": name, "phone": ring(case)}


def to_say(text: str) -> str:
    """For a call: the very words the resident is told."""
    return _("Sano: ”%(words)s”") % {"words": text}


def not_arrived(text: str, *, unknown: bool) -> str:
    """For the call: a message came back, or nobody knows whether it went; what it said."""
    head = _("Viesti on voinut jäädä menemättä perille.") if unknown else _("Viesti ei mennyt perille.")
    told = to_say(text) if text else _("Katso lähetteestä, mitä pitää kertoa.")
    return f"{head} {told}"


def ring_companion(companion: Companion, words: str) -> str:
    """For whoever keeps the companions: whom to ring and what to say."""
    return _("Soita saattajalle: %(name)s, %(phone)s. %(words)s") % {
        "name": companion.title or companion.name, "phone": companion.phone, "words": words,
    }  # fmt: skip


def see_yourself(case: Referral, url: str) -> str:
    """The way to the resident's own page, at the end of a message."""
    with speaking_to(case):
        return _("Katso, mitä tapahtuu: %(url)s") % {"url": url}


def answer_here(case: Referral, url: str) -> str:
    """The way to say yes or no, at the end of a message."""
    with speaking_to(case):
        return _("Lue ja vastaa: %(url)s") % {"url": url}


def answer_by_code(case: Referral, address: str, code: str) -> str:
    """The same in a letter."""
    with speaking_to(case):
        return _("Voit vastata myös netissä: %(address)s. Koodisi on %(code)s.") % {"address": address, "code": code}


def door_code(case: Referral, code: str) -> str:
    """The code that opens the resident's own page."""
    with speaking_to(case):
        return _("Koodisi omalle sivullesi on %(code)s. Se toimii 10 minuuttia. Älä kerro sitä kenellekään.") % {"code": code}


def companion_changed(session_at: datetime) -> str:
    """For the call to the resident when a companion cannot come."""
    return _("Kerro: saattaja ei pääse %(when)s. Sovi, tuleeko toinen saattaja vai siirretäänkö.") % {"when": when(session_at, None, now())}


def backup(companion: Companion) -> str:
    """For whoever looks for another companion: who is thought of next."""
    return _("Varalla on %(name)s, %(phone)s.") % {"name": companion.title or companion.name, "phone": companion.phone}


def offer(case: Referral, name: str, url: str, until: datetime) -> str:
    """To a receiver: no name, only that somebody would like to come."""
    return _("Joku haluaisi tulla mukaan: %(what)s. Katso ja vastaa %(day)s mennessä: %(url)s") % {
        "what": name, "day": day(until.date(), now().date()), "url": url,
    }  # fmt: skip


def view_ready(name: str, url: str) -> str:
    """To a receiver who said yes."""
    return _("Kiitos, että otatte vastaan: %(what)s. Nimi ja puhelinnumero: %(url)s") % {"what": name, "url": url}


def queue_ready(name: str, url: str) -> str:
    """To a receiver who put somebody on the waiting list."""
    return _("Kiitos, jono on merkitty: %(what)s. Kerro täällä, kun on tilaa: %(url)s") % {"what": name, "url": url}


def still_waiting(name: str) -> str:
    """A reminder to a receiver."""
    return _("Muistutus: odotamme vielä vastaustanne. %(what)s. Aiempi linkki toimii.") % {"what": name}


def mark_please(name: str) -> str:
    """Did the person come?"""
    return _("Tuliko uusi osallistuja? %(what)s. Vastaa K (tuli) tai E (ei tullut).") % {"what": name}


def why_missed(session: Session) -> str:
    """To a resident who did not come: no guilt, one digit tells why, a person is in touch anyway."""
    with speaking_to(session.placement.referral):
        reasons = ", ".join(f"{number} {_within(said(RESIDENT_REASONS, code))}" for number, code in SMS_REASONS.items())
        words = _("Et päässyt mukaan %(when)s. Ei se haittaa. Otamme sinuun yhteyttä. Voit kertoa numerolla, mikä esti: %(reasons)s.")
        return words % {"when": _when(session.starts_at, None), "reasons": reasons}


def decide_area(area: str) -> str:
    """For the lead: it has been sent on twice, and somebody would send it on again."""
    words = _("Lähete on siirretty jo kahdesti. Nyt sitä pyydetään siirrettäväksi alueelle %(area)s. Päätä, kuka hoitaa sen.")
    return words % {"area": area}


def tell_referrer(unit: str, text: str) -> str:
    """For whoever rings or writes to a referrer who has no e-mail address."""
    return _("%(unit)s. Sano tai kirjoita: ”%(words)s”") % {"unit": unit, "words": text}


def wants_to_talk() -> str:
    """For the call: the resident asked for it."""
    return _("Asukas pyysi omalla sivullaan, että hänelle soitetaan.")


def told_unsafe(words: str) -> str:
    """For the talk: the resident told what is not safe."""
    told = _("Asukas kertoi, mikä ei ole turvallista. Katso yhteydenpidon ehdot ennen kuin otat yhteyttä.")
    return f"{told} ”{words}”" if words else told


def told_why(reason: str) -> str:
    """For the call: what the resident told, by a text message or on their own page."""
    return _("Asukas kertoi, mikä esti: %(reason)s.") % {"reason": _within(said(RESIDENT_REASONS, reason))}


def thanks_why(case: Referral) -> str:
    """To a resident who told why."""
    with speaking_to(case):
        name = str(case.link_worker or _("Linkkihenkilö"))
        return _("Kiitos, että kerroit. %(name)s ottaa sinuun yhteyttä.") % {"name": name}


def heard(case: Referral, *, danger: bool) -> str:
    """To a resident whose message answers nothing that was asked: a person is in touch."""
    with speaking_to(case):
        words = _("Kiitos viestistä. Emme lue viestejä täältä, mutta otamme sinuun yhteyttä. Voit soittaa: %(phone)s.") % {
            "phone": ring(case)
        }
        return f"{in_danger()} {words}" if danger else words


def which(count: int, phone: str) -> str:
    """To somebody whose answer could mean several things."""
    return _("Teiltä on kysytty useampaa asiaa (%(count)d). Mitä niistä vastaus koskee? Avatkaa linkki tai soittakaa %(phone)s.") % {
        "count": count, "phone": phone,
    }  # fmt: skip


def in_danger() -> str:
    """Before anything else, when words tell of danger."""
    return _("Jos henki on vaarassa, soita %(number)s.") % {"number": EMERGENCY}


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
    return _("Pääsetkö saattajaksi: %(what)s, %(when)s, %(place)s? Vastaa KYLLÄ tai EI, tai avaa: %(url)s") % {
        "what": what, "when": when(at, None, now()), "place": place, "url": url,
    }  # fmt: skip


def companion_off(at: datetime) -> str:
    """To a companion who is not needed any more."""
    return _("Sinua ei enää tarvita saattajaksi %(when)s. Kiitos!") % {"when": when(at, None, now())}


def companion_forget() -> str:
    """To a companion of whom a resident took the permission away: no name, no why."""
    return _("Sinua ei enää tarvita saattajaksi. Poista saamasi nimi, puhelinnumero ja omat muistiinpanosi. Kiitos!")


def feedback(case: Referral, kind: str, outcome: str) -> str:
    """To the referrer: status and reason only."""
    sentences = {
        "acknowledged": _("Hyvinvointilähete on otettu vastaan. Linkkihenkilö ottaa yhteyttä."),
        "first_visit": _("Ensimmäinen käynti on toteutunut."),
        "corrected": _("Korjaus: kerroimme, että ensimmäinen käynti on toteutunut. Merkintä oli väärä: käyntiä ei ole vielä ollut."),
        "closed": _("Hyvinvointilähete on päättynyt: %(outcome)s.") % {"outcome": outcome_words(outcome)},
        "not_reached": _("Asukasta ei ole tavoitettu. Lähete on auki, kunnes hän soittaa tai aika päättyy."),
        "withdrawn": _("Hyvinvointilähete on peruttu."),
    }
    return f"{spoken(case.reference)}: {sentences[kind]}"


def outcome_words(code: str) -> str:
    """An outcome inside a sentence."""
    return _within(said(OUTCOMES, code))


def _within(words: str) -> str:
    """The words inside a sentence."""
    return words[:1].lower() + words[1:]


def digest(count: int) -> str:
    """To a member of staff: how many things ask for them; no names."""
    words = ngettext(
        "Sinulla on %(count)d asia, jonka aika on tullut. Katso työpöydältäsi.",
        "Sinulla on %(count)d asiaa, joiden aika on tullut. Katso työpöydältäsi.",
        count,
    )
    return words % {"count": count}


def glass(opened: datetime) -> str:
    """To the data protection officer."""
    return _("Yhteystiedot avattiin hätätilanteessa %(when)s. Tarkasta avaus seuraavan arkipäivän aikana.") % {
        "when": when(opened, None, now())
    }


def glass_nobody(opened: datetime) -> str:
    """To a main user: nobody can review it."""
    return _(
        "Yhteystiedot avattiin hätätilanteessa %(when)s, eikä kukaan voi tarkastaa avausta. Anna jollekulle tietosuojavastaavan rooli."
    ) % {"when": when(opened, None, now())}
