"""Words of receiving and accompanying: why a session is called off, why somebody fits or does not, kinds of companions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mukana.referrals.labels import Words

CALL_OFF: Words = {
    "host_away": _("Ohjaaja on estynyt"),
    "place": _("Tila ei ole käytössä"),
    "too_few": _("Osallistujia on liian vähän"),
    "weather": _("Sää"),
    "other": _("Muu syy"),
}
BY_DIRECTORY: Words = {"directory": _("Järjestäjän omien aikojen mukaan")}
MARKS: Words = {
    "attended": _("Tuli"),
    "missed": _("Ei tullut"),
    "excused": _("Ilmoitti esteestä"),
    "cancelled": _("Kerta peruttiin"),
}
SAFE_RULES: Words = {
    "no_sms": _("Älä lähetä tekstiviestejä."),
    "no_email": _("Älä lähetä sähköpostia."),
    "no_letter": _("Älä lähetä kirjeitä."),
    "no_call": _("Älä soita."),
    "no_voicemail": _("Älä jätä viestiä vastaajaan."),
}
LANGUAGES: Words = {
    "fi": _("suomi"),
    "sv": _("ruotsi"),
    "en": _("englanti"),
    "se": _("pohjoissaame"),
    "smn": _("inarinsaame"),
    "sms": _("koltansaame"),
    "ru": _("venäjä"),
    "uk": _("ukraina"),
    "ar": _("arabia"),
    "so": _("somali"),
    "fi-x-selko": _("selkosuomi"),
    "fsl": _("suomalainen viittomakieli"),
}
KINDS: Words = {
    "person": _("Saattaja"),
    "friend_visitors": _("Ystävätoiminta"),
    "sport_companions": _("Liikuntakaveri"),
    "culture_companions": _("Kulttuurikaveri"),
    "village_ride": _("Kyläkyyti"),
    "home_care_escorts": _("Kotihoidon saattaja"),
}
GENDERS: Words = {"": _("Ei väliä"), "woman": _("Nainen"), "man": _("Mies")}
OBSTACLES: Words = {
    "inactive": _("ei ole nyt mukana toiminnassa"),
    "area": _("toimii muulla alueella"),
    "time": _("ei pääse tähän aikaan"),
    "language": _("ei puhu asukkaan kieltä"),
    "gender": _("asukas toivoo toista sukupuolta"),
    "skills": _("tarvittava taito puuttuu"),
    "conflict": _("este merkitty: ei tämän asukkaan saattajaksi"),
    "excluded": _("on jo kieltäytynyt, ei vastannut tai ei ole asukkaan toiveissa"),
    "load": _("tehtäviä on jo enimmäismäärä"),
    "busy": _("on samana päivänä toisen mukana"),
    "no_pledge": _("vaitiololupaus puuttuu"),
    "not_vetted": _("taustan tarkistus puuttuu tai on vanhentunut"),
    "wait": _("odotusaika on pidempi kuin aikaa käyntiin"),
}
FITS: Words = {
    "before": _("on ollut mukana ennenkin"),
    "interests": _("yhteisiä kiinnostuksia"),
    "language": _("puhuu asukkaan kieltä"),
    "gender": _("asukkaan toiveen mukainen"),
    "skills": _("osaa auttaa: pyörätuoli, kuulo tai näkö"),
    "near": _("asuu lähellä"),
    "starts": _("on saatellut monta ihmistä alkuun"),
    "slot": _("pääsee tähän aikaan"),
    "seldom": _("ei ole kysytty kahteen kuukauteen"),
}
SUPPORT_REASONS: Words = {
    "declined": _("ei päässyt"),
    "expired": _("ei vastannut"),
    "released": _("luopui"),
    "ill": _("sairastui"),
    "no_transport": _("ei kyytiä"),
    "resident_cancelled": _("asukas perui"),
    "case_ended": _("lähete päättyi"),
    "withdrawn": _("lupa peruttiin"),
    "no_show": _("asukas ei tullut"),
    "not_there": _("asukas kertoi, ettei saattaja tullut"),
    "other": _("muu syy"),
}
OWN_WORDS: Words = {
    "came": _("Saattaja tuli"),
    "away": _("Saattaja ei tullut"),
    "stayed": _("En itse mennyt"),
}
THEIR_WORDS: Words = {
    "along": _("Olimme yhdessä"),
    "could_not": _("En päässyt mukaan"),
    "no_show": _("Asukas ei tullut"),
}
TAPERS: Words = {"along": _("Tulee mukaan"), "door": _("Vastassa ovella"), "phone": _("Soittaa käynnin jälkeen")}
