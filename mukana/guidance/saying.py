"""What people read of a suggestion: why it suits, what does not fit, what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mukana.guidance.rules.judging import Mark
from mukana.guidance.rules.wish import Wish
from mukana.lib.words import distance

Word = str | Promise

MARKS: dict[str, Word] = {
    "video": gettext_lazy("Voit tehdä kotona, milloin haluat"),
    "home_visit": gettext_lazy("Joku tulee luoksesi"),
    "remote": gettext_lazy("Onnistuu kotoa käsin"),
    "own_town": gettext_lazy("Omassa kunnassasi"),
    "other_town": gettext_lazy("Toisessa kunnassa"),
    "free": gettext_lazy("Maksuton"),
    "price_unknown": gettext_lazy("Hinta ei ole tiedossa, kysy järjestäjältä"),
    "step_free": gettext_lazy("Ei portaita"),
    "access_unknown": gettext_lazy("Esteettömyys ei ole tiedossa, kysy järjestäjältä"),
    "hearing": gettext_lazy("Induktiosilmukka kuulolaitteelle"),
    "hearing_unknown": gettext_lazy("Induktiosilmukasta ei ole tietoa"),
    "seated": gettext_lazy("Istuen, joten polvet tai jaksaminen eivät estä"),
    "calm": gettext_lazy("Rauhallinen, omaan tahtiin"),
    "time_suits": gettext_lazy("Aika sopii sinulle"),
    "time_unknown": gettext_lazy("Aika ei ole tiedossa, kysy järjestäjältä"),
    "outdoor": gettext_lazy("Ulkona, raittiissa ilmassa"),
    "language_sv": gettext_lazy("Ruotsiksi"),
    "language_en": gettext_lazy("Englanniksi"),
    "other_language": gettext_lazy("Ei toivomallasi kielellä"),
    "support_person": gettext_lazy("Saattaja voi tulla mukaan ensimmäisellä kerralla"),
    "companion": gettext_lazy("Voit tulla saattajan tai kaverin kanssa"),
    "nobody_along": gettext_lazy("Saattajasta ei ole tietoa, kysy järjestäjältä"),
    "children": gettext_lazy("Lapsi voi tulla mukaan"),
    "ride": gettext_lazy("Kyyti järjestyy"),
    "phone": gettext_lazy("Onnistuu tavallisella puhelimella"),
    "at_once": gettext_lazy("Voit ottaa yhteyttä heti"),
    "giver": gettext_lazy("Tarvitsee juuri auttajia"),
    "one_gender": gettext_lazy("Vain naisille tai vain miehille"),
}

LEFT_OUT: dict[str, Word] = {
    "free": gettext_lazy("maksaa"),
    "remote": gettext_lazy("pitää tulla paikan päälle"),
    "step_free": gettext_lazy("portaita tai hankala maasto"),
    "times": gettext_lazy("muuhun aikaan"),
    "age": gettext_lazy("muun ikäisille"),
    "gender": gettext_lazy("vain naisille tai vain miehille"),
    "language": gettext_lazy("muulla kielellä"),
    "far": gettext_lazy("liian kaukana"),
    "device": gettext_lazy("tarvitsee nettiä tai laitteen"),
    "giver": gettext_lazy("etsii auttajia"),
    "families": gettext_lazy("lapsiperheille"),
    "refused": gettext_lazy("sellaista, mitä et halua"),
}


def mark_words(mark: Mark) -> str:
    """The sentence of a mark: "3 km kotoa", "Maksuton"."""
    if mark.code in ("near", "far"):
        km = distance(mark.value or 0.0, get_language() or "fi")
        return (_("%(km)s kotikunnan keskustasta") if mark.code == "near" else _("Kaukana: %(km)s")) % {"km": km}
    return str(MARKS[mark.code])


def left_out_words(left_out: Mapping[str, int]) -> list[str]:
    """ "3 kohdetta: maksaa"; nothing is left out silently."""
    return [
        ngettext("%(count)d kohde: %(why)s", "%(count)d kohdetta: %(why)s", count) % {"count": count, "why": LEFT_OUT[code]}
        for code, count in left_out.items()
    ]


HEARD: dict[str, Word] = {
    "remote": gettext_lazy("Kotoa käsin"),
    "free": gettext_lazy("Maksuton"),
    "step_free": gettext_lazy("Ei portaita"),
    "near_only": gettext_lazy("Omassa kunnassa"),
    "no_device": gettext_lazy("Ilman nettiä"),
    "companion": gettext_lazy("Saattaja tai kaveri mukaan"),
    "children": gettext_lazy("Lapsi mukana"),
    "hearing": gettext_lazy("Huono kuulo"),
    "seated": gettext_lazy("Istuen"),
    "calm": gettext_lazy("Rauhallinen"),
    "short": gettext_lazy("Lyhyt kerrallaan"),
    "outdoors": gettext_lazy("Ulkona"),
    "ride": gettext_lazy("Kyyti"),
}
TIMES: dict[str, Word] = {
    "weekday_morning": gettext_lazy("Aamupäivällä"),
    "weekday_afternoon": gettext_lazy("Iltapäivällä"),
    "weekday_evening": gettext_lazy("Illalla"),
    "weekend": gettext_lazy("Viikonloppuna"),
}
REFUSED_WORDS: dict[str, Word] = {
    "talking": gettext_lazy("keskusteluryhmää"), "group": gettext_lazy("ryhmää"), "water": gettext_lazy("vettä"),
    "screen": gettext_lazy("ruutua"), "phone": gettext_lazy("puhelinta"), "gym": gettext_lazy("kuntosalia"),
    "dance": gettext_lazy("tanssia"), "singing": gettext_lazy("laulua"), "church": gettext_lazy("seurakuntaa"),
    "games": gettext_lazy("kilpailua"), "crafts": gettext_lazy("käsitöitä"), "cooking": gettext_lazy("ruoanlaittoa"),
    "walking": gettext_lazy("kävelyä"), "outdoors": gettext_lazy("ulkoilua"),
}  # fmt: skip


def heard_words(wish: Wish) -> list[str]:
    """The conditions as they were understood, so that they can be put right."""
    found = [str(word) for code, word in HEARD.items() if getattr(wish, code)]
    found += [str(TIMES[code]) for code in wish.times]
    found += [_("Ei %(what)s") % {"what": REFUSED_WORDS[code]} for code in sorted(wish.refused)]
    if wish.language_must:
        found.append(str(MARKS.get(f"language_{wish.language}", wish.language)))
    return found
