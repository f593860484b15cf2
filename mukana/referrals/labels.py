"""The codes of referrals in words: states, reasons, needs, ways, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = Mapping[str, str | Promise]

CASE: Words = {
    "draft": _("Luonnos"),
    "awaiting_confirmation": _("Odottaa asukkaan vahvistusta"),
    "sent": _("Lähetetty"),
    "acknowledged": _("Otettu vastaan"),
    "contacting": _("Tavoitellaan"),
    "in_dialogue": _("Keskustellaan"),
    "unreachable": _("Ei ole tavoitettu"),
    "planned": _("Suunnitelma sovittu"),
    "active": _("On mukana"),
    "paused": _("Tauolla"),
    "follow_up": _("Seurannassa"),
    "closed": _("Päättynyt"),
    "withdrawn": _("Peruttu asukkaan pyynnöstä"),
    "cancelled": _("Lähettäjä perui"),
    "entered_in_error": _("Kirjattu vahingossa"),
}
PLACEMENT: Words = {
    "proposed": _("Ehdolla"),
    "requested": _("Odottaa vastaanottajan vastausta"),
    "accepted": _("Vastaanottaja suostui"),
    "declined": _("Ei onnistunut"),
    "waitlisted": _("Jonossa"),
    "recalled": _("Tarjous vedetty pois"),
    "scheduled": _("Ensimmäinen kerta sovittu"),
    "first_attended": _("Kävi ensimmäisen kerran"),
    "missed_first": _("Ei tullut"),
    "session_cancelled": _("Kerta peruttu"),
    "attending": _("Käy"),
    "lapsed": _("Ei ole käynyt kuukauteen"),
    "ended": _("Päättynyt"),
}
SUPPORT: Words = {
    "needed": _("Etsitään saattajaa"),
    "offered": _("Kysytty, odottaa vastausta"),
    "accepted": _("Saattaja lupautui"),
    "met": _("Ovat tavanneet"),
    "accompanied": _("Oli mukana"),
    "not_accompanied": _("Ei ollut mukana"),
    "tapering": _("Vähennetään vähitellen"),
    "called_off": _("Peruttu"),
    "ended": _("Päättynyt"),
}
SESSION: Words = {
    "planned": _("Sovittu"),
    "attended": _("Kävi"),
    "missed": _("Ei tullut"),
    "excused": _("Ilmoitti esteestä"),
    "cancelled": _("Peruttu"),
}
NEEDS: Words = {
    "lonely": _("Olen usein yksin"),
    "move_more": _("Haluan liikkua vähän enemmän"),
    "sleep_tired": _("Nukun huonosti tai olen väsynyt"),
    "low_mood": _("Mieli on matalalla"),
    "memory_worry": _("Muisti huolettaa"),
    "family_load": _("Lapsiperheen arki on raskasta"),
    "food_weight": _("Ruoka ja paino"),
    "want_help_others": _("Haluan auttaa muita"),
    "life_change": _("Elämässäni on iso muutos"),
}
PRACTICAL: Words = {
    "wheelchair": _("Pyörätuoli"),
    "walker": _("Rollaattori tai keppi"),
    "hearing": _("Kuulo on heikko"),
    "vision": _("Näkö on heikko"),
    "ride": _("Tarvitsee kyydin"),
    "interpreter": _("Tarvitsee tulkin"),
    "companion": _("Oma avustaja mukana"),
    "child_along": _("Lapsi mukana"),
    "calm": _("Rauhallinen paikka"),
    "ground_floor": _("Ei portaita"),
}
AGE_BANDS: Words = {
    "under_18": _("alle 18"),
    "18_29": _("18–29"),
    "30_49": _("30–49"),
    "50_64": _("50–64"),
    "65_74": _("65–74"),
    "75_84": _("75–84"),
    "85_over": _("85 tai yli"),
    "unknown": _("ei kerrottu"),
}
DECLINE_REASONS: Words = {
    "full": _("Ryhmä on täynnä"),
    "not_target_group": _("Ei ole meidän kohderyhmäämme"),
    "too_far": _("Liian kaukana"),
    "time_unsuitable": _("Aika ei sovi"),
    "needs_more_support": _("Tarvitsee enemmän tukea kuin voimme antaa"),
    "accessibility": _("Paikka ei ole esteetön"),
    "price": _("Hinta"),
    "not_running": _("Toiminta on tauolla tai loppunut"),
    "safety": _("Turvallisuus"),
    "other": _("Muu syy"),
}
RESIDENT_REASONS: Words = {
    "not_interested": _("Ei kiinnosta"),
    "health": _("Terveys"),
    "transport": _("Kulkeminen"),
    "price": _("Hinta"),
    "alone": _("En halua mennä yksin"),
    "time": _("Aika ei sovi"),
    "language": _("Kieli"),
    "atmosphere": _("Tunnelma ei tuntunut omalta"),
    "other": _("Muu syy"),
}
END_REASONS: Words = {"ended_well": _("Päättyi hyvin"), "moved_on": _("Siirtyi muuhun"), **RESIDENT_REASONS}
RECALL_REASONS: Words = {
    "silent": _("Kukaan ei vastannut"),
    "changed_plan": _("Suunnitelma muuttui"),
    "resident_declined": _("Asukas ei halunnut"),
    "withdrawn": _("Asukas perui lupansa"),
    "case_ended": _("Lähete päättyi"),
    "entry_gone": _("Toimintaa ei enää ole"),
    "other": _("Muu syy"),
}
OUTCOMES: Words = {
    "attending_regularly": _("Käy säännöllisesti"),
    "attended_and_ended_well": _("Kävi, ja päättyi hyvin"),
    "own_path_found": _("Löysi oman tapansa"),
    "attended_dropped_out": _("Kävi ja jäi pois"),
    "no_suitable_service": _("Sopivaa ei löytynyt"),
    "full_everywhere": _("Kaikki olivat täynnä"),
    "declined_by_resident": _("Asukas ei halunnut"),
    "unreachable": _("Ei tavoitettu"),
    "moved_or_deceased": _("Muutto tai kuolema"),
    "handed_to_health_or_social_care": _("Siirtyi sosiaali- tai terveyspalveluihin"),
    "duplicate": _("Sama lähete kahdesti"),
}
PAUSE_REASONS: Words = {
    "hospital": _("Sairaalassa"),
    "wish": _("Asukkaan toive"),
    "travel": _("Matkalla"),
    "caring": _("Hoitaa läheistä"),
    "other": _("Muu syy"),
}
CANCEL_REASONS: Words = {
    "mistake": _("Tein vahingossa"),
    "resident_changed_mind": _("Asukas muutti mielensä"),
    "other_help": _("Apu löytyi muualta"),
    "other": _("Muu syy"),
}
ERROR_REASONS: Words = {
    "wrong_person": _("Väärä henkilö"),
    "test": _("Kokeilu"),
    "twice": _("Sama kahdesti"),
    "other": _("Muu syy"),
}
REDIRECT_REASONS: Words = {
    "other_municipality": _("Asuu toisessa kunnassa"),
    "other_unit": _("Kuuluu toiselle yksikölle"),
    "moved": _("On muuttanut"),
    "other": _("Muu syy"),
}
MARK_REASONS: Words = {
    "mark_slip": _("Näppäilyvirhe"),
    "mark_mixed_up": _("Kaksi ihmistä meni sekaisin"),
    "mark_told_later": _("Asia selvisi myöhemmin"),
    "mark_other": _("Muu syy"),
}
ATTEMPTS: Words = {
    "reached": _("Tavoitin"),
    "no_answer": _("Ei vastannut"),
    "busy": _("Varattu"),
    "asked_to_call_later": _("Pyysi soittamaan myöhemmin"),
    "left_message": _("Jätin viestin"),
    "wrong_number": _("Väärä numero"),
}
ERRANDS: Words = {
    "ring_receiver": _("Soita järjestäjälle"),
    "act_on_decline": _("Etsi uusi paikka: järjestäjä ei voinut ottaa"),
    "ring_resident": _("Soita asukkaalle"),
    "talk": _("Keskustele asukkaan kanssa"),
    "post_letter": _("Postita kirje"),
    "find_companion": _("Etsi saattaja"),
    "check_mark": _("Tarkista, tuliko asukas"),
    "deletion_confirmed": _("Varmista, että tiedot on poistettu"),
    "offer_alternative": _("Tarjoa toista paikkaa: jono on pitkä"),
    "still_wanted": _("Kysy, haluaako asukas vielä paikan"),
    "ask_number": _("Kysy puhelinnumero"),
    "confirm_error": _("Vahvista, onko lähete tehty vahingossa"),
    "company_word": _("Selvitä, oliko saattaja mukana"),
    "decide_area": _("Päätä, mikä alue hoitaa lähetteen"),
    "tell_referrer": _("Kerro lähettäjälle puhelimessa tai kirjeellä"),
}
WAYS: Words = {
    "call": _("Soitto"),
    "sms": _("Tekstiviesti"),
    "email": _("Sähköposti"),
    "letter": _("Kirje"),
    "in_person": _("Tavataan"),
}
SAFE: Words = {
    "no_sms": _("Ei tekstiviestejä"),
    "no_email": _("Ei sähköpostia"),
    "no_letter": _("Ei kirjeitä"),
    "no_call": _("Ei soittoja"),
    "no_voicemail": _("Ei viestejä vastaajaan"),
}
CHANNELS: Words = {
    "screen": _("näytöllä"),
    "link": _("linkistä"),
    "sms": _("tekstiviestillä"),
    "phone": _("puhelimessa"),
    "paper": _("paperilla"),
    "face": _("kasvokkain"),
    "email": _("sähköpostilla"),
    "letter": _("kirjeellä"),
    "system": _("järjestelmä"),
}
ROLES: Words = {
    "referrer": _("lähettäjä"),
    "resident": _("asukas"),
    "proxy": _("läheinen"),
    "coordinator": _("koordinoiva linkkihenkilö"),
    "link_worker": _("linkkihenkilö"),
    "receiver": _("vastaanottaja"),
    "companion": _("saattaja"),
    "companions": _("saattajien koordinaattori"),
    "system": _("järjestelmä"),
    "privacy": _("tietosuojavastaava"),
    "deputy": _("sijainen"),
    "lead": _("alueen vastuuhenkilö"),
}
PERMISSIONS: Words = {
    "referral": _("Lähetteen saa tehdä"),
    "receiver": _("Tiedot saa antaa järjestäjälle"),
    "feedback": _("Lähettäjälle saa kertoa, miten kävi"),
    "companion": _("Saattajalle saa antaa etunimen ja puhelinnumeron"),
    "measures": _("Vointia saa kysyä ja seurata"),
    "reminders": _("Saa muistuttaa"),
}
FIELD_GROUPS: Words = {
    "area": _("ikäryhmä ja asuinkunta"),
    "wish": _("toive"),
    "practical": _("käytännön tarpeet"),
    "language": _("kieli"),
    "name": _("nimi"),
    "contact": _("yhteystieto"),
    "pick_up": _("noutopaikka"),
}
METHODS: Words = {"oral": _("suullisesti"), "paper": _("paperilla"), "online": _("verkkolomakkeella"), "signed_in": _("kirjautuneena")}


def said(words: Words, code: str) -> str:
    """The code in words."""
    return str(words.get(code, code))


def listed(words: Words, codes: list[str] | tuple[str, ...]) -> str:
    """Codes in words, one after another."""
    return ", ".join(said(words, code) for code in codes)


def in_short(names: Sequence[object], most: int = 4) -> str:
    """Names one after another; of many the first ones, and how many more there are."""
    more = len(names) - most + 1
    if more <= 1:
        return ", ".join(map(str, names))
    first = ", ".join(map(str, names[: most - 1]))
    return ngettext("%(names)s ja %(n)s muu", "%(names)s ja %(n)s muuta", more) % {"names": first, "n": more}
