"""What an open thing asks of whoever has its turn: a sentence, and the button's verb."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mukana.referrals.labels import ERRANDS

Words = tuple[str | Promise, str | Promise]

ASKS: dict[tuple[str, str], Words] = {
    ("case", "draft"): (_("Luonnos on lähettämättä"), _("Avaa luonnos")),
    ("case", "awaiting_confirmation"): (_("Kysy, vahvistaako asukas läheisen tekemän lähetteen"), _("Soita")),
    ("case", "sent"): (_("Uusi lähete odottaa linkkihenkilöä"), _("Ota vastaan")),
    ("case", "acknowledged"): (_("Uusi lähete: soita ensimmäisen kerran"), _("Soita")),
    ("case", "contacting"): (_("Ei vielä tavoitettu: yritä uudelleen"), _("Soita")),
    ("case", "in_dialogue"): (_("Keskustelu kesken: sovi suunnitelma"), _("Suunnittele")),
    ("case", "unreachable"): (_("Aika soittaa takaisin on päättymässä"), _("Avaa")),
    ("case", "planned"): (_("Katso, eteneekö suunnitelma"), _("Avaa")),
    ("case", "active"): (_("On mukana: kysy kuulumiset"), _("Soita")),
    ("case", "paused"): (_("Tauko päättyy"), _("Avaa")),
    ("case", "follow_up"): (_("Seurantasoitto"), _("Soita")),
    ("placement", "proposed"): (_("Kysy lupa ja pyydä paikkaa"), _("Kysy lupa")),
    ("placement", "requested"): (_("Järjestäjä ei ole vastannut"), _("Soita järjestäjälle")),
    ("placement", "accepted"): (_("Sovi ensimmäinen kerta"), _("Sovi aika")),
    ("placement", "waitlisted"): (_("Jonossa: kysy, haluaako asukas vielä"), _("Soita")),
    ("placement", "scheduled"): (_("Tuliko asukas ensimmäiselle kerralle?"), _("Merkitse")),
    ("placement", "missed_first"): (_("Ei tullut ensimmäiselle kerralle: soita ja kysy, miksi"), _("Soita")),
    ("placement", "session_cancelled"): (_("Kerta peruttiin: sovi uusi aika"), _("Sovi aika")),
    ("placement", "first_attended"): (_("Kävi ensimmäisen kerran: käykö edelleen?"), _("Avaa")),
    ("placement", "attending"): (_("Käy ryhmässä: ei merkintää kuukauteen"), _("Avaa")),
    ("placement", "lapsed"): (_("Ei ole käynyt kuukauteen: soita"), _("Soita")),
    ("support", "needed"): (_("Etsi saattaja"), _("Etsi saattaja")),
    ("support", "offered"): (_("Saattaja ei ole vastannut"), _("Avaa")),
    ("support", "accepted"): (_("Saattaja ja asukas eivät ole vielä tavanneet"), _("Avaa")),
    ("support", "met"): (_("Oliko saattaja mukana?"), _("Avaa")),
    ("support", "accompanied"): (_("Tarvitaanko saattajaa vielä?"), _("Avaa")),
    ("support", "not_accompanied"): (_("Saattaja ei ollut mukana: etsi toinen"), _("Etsi saattaja")),
    ("support", "tapering"): (_("Saattamista vähennetään: miten sujuu?"), _("Avaa")),
    ("glass", "open"): (_("Tarkasta hätäavaus"), _("Tarkasta")),
}
VERBS: dict[str, str | Promise] = {
    "ring_receiver": _("Soita järjestäjälle"),
    "act_on_decline": _("Ehdota muuta"),
    "ring_resident": _("Soita"),
    "talk": _("Soita"),
    "post_letter": _("Postita"),
    "find_companion": _("Etsi saattaja"),
    "check_mark": _("Tarkista"),
    "deletion_confirmed": _("Varmista"),
    "offer_alternative": _("Ehdota muuta"),
    "still_wanted": _("Soita"),
    "ask_number": _("Soita"),
    "confirm_error": _("Vahvista tai hylkää"),
    "company_word": _("Selvitä"),
    "decide_area": _("Päätä"),
    "tell_referrer": _("Kerro"),
}
CALLS = frozenset({"ring_resident", "talk", "still_wanted", "ask_number", "ring_receiver"})


# The same where the resident may not be rung, or there is no number.
TOUCH = _("Ota yhteyttä")
NOT_RUNG: dict[str, Words] = {
    "acknowledged": (_("Uusi lähete: ota yhteyttä ensimmäisen kerran. Soittaa ei saa."), TOUCH),
    "contacting": (_("Ei vielä tavoitettu: yritä uudelleen. Soittaa ei saa."), TOUCH),
    "awaiting_confirmation": (_("Kysy, vahvistaako asukas läheisen tekemän lähetteen. Soittaa ei saa."), TOUCH),
    "active": (_("On mukana: kysy kuulumiset. Soittaa ei saa."), TOUCH),
    "follow_up": (_("Seuranta: kysy kuulumiset. Soittaa ei saa."), TOUCH),
    "waitlisted": (_("Jonossa: kysy, haluaako asukas vielä. Soittaa ei saa."), TOUCH),
    "missed_first": (_("Ei tullut ensimmäiselle kerralle: kysy, miksi. Soittaa ei saa."), TOUCH),
    "lapsed": (_("Ei ole käynyt kuukauteen: ota yhteyttä. Soittaa ei saa."), TOUCH),
    "ring_resident": (_("Kerro asukkaalle turvallisella tavalla. Soittaa ei saa."), TOUCH),
    "talk": (_("Juttele asukkaan kanssa. Soittaa ei saa."), TOUCH),
    "still_wanted": (_("Kysy asukkaalta, haluaako hän vielä paikan. Soittaa ei saa."), TOUCH),
    "ask_number": (_("Kysy asukkaan uusi yhteystieto. Soittaa ei saa."), TOUCH),
}


def asked(kind: str, state: str, *, rings: bool = True) -> tuple[str, str]:
    """(what is to be done, the button) of an open thing; an errand's kind stands for its state.

    With `rings` false nothing says that somebody who may not be rung should be.
    """
    if not rings and state in NOT_RUNG:
        what, verb = NOT_RUNG[state]
    elif kind == "errand":
        what, verb = ERRANDS.get(state, state), VERBS.get(state, _("Avaa"))
    else:
        what, verb = ASKS.get((kind, state), (state, _("Avaa")))
    return str(what), str(verb)
