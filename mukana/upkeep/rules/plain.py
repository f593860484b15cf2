"""Plain Finnish: long sentences, the passive, office words, and what selkokieli does not use.

A help beside the text, never a judge: every finding shows the place and says what would be easier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST, LONGEST_SELKO = 15, 10  # words of a sentence
LONG_WORD = 22  # letters
SHOWN = 6  # findings of one text
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”')\]]*\s+(?=[\"”'(–]?[A-ZÅÄÖ0-9])|\n+")
_SHORT = re.compile(r"(?:\b(?:esim|mm|ns|klo|n|os|puh|ts|ym|p|s|st|jne|yms)|\d)\.$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PASSIVE = re.compile(
    r"(?:[eaiuo]taan|[eäiyö]tään|(?:uo|ä|ö|aa|yy|ui|äy|yö)d[aä]+n|ellaan|ellään|nnään|ttiin|(?<=tu)llaan|(?<=o)llaan|(?<=kuu)llaan)$"
)
_NOT_PASSIVE = frozenset({"mitään", "ketään", "itään", "hetkellään", "sitään", "kädellään", "vieraitaan", "asioitaan"})
_ABBREVIATION = re.compile(r"\b(?:esim|mm|ym|yms|jne|ns|ts|puh|os|klo|ks|vko|krs)\b\.?", re.IGNORECASE)
# The beginning of an office word → what people say.
_OFFICE = {
    "toteute": "järjestämme, pidämme", "toteutta": "järjestää, pitää", "mahdollista": "voit, pääset",
    "mahdollisuuksia": "voit", "hyödyn": "käytä", "kohderyhm": "kenelle tämä on", "toimintakyky": "arjessa jaksaminen",
    "fyysi": "kehon, liikunnan", "psyyk": "mielen", "kanssakäymi": "yhdessäolo, juttelu", "palveluntarjoaj": "järjestäjä",
    "ennaltaehkäis": "estää ajoissa", "kokonaisvaltai": "koko ihmistä koskeva", "moniammatilli": "monen alan ihmiset",
    "osallistaminen": "mukaan ottaminen", "osallistava": "kaikki pääsevät mukaan", "resurss": "ihmiset, raha, aika",
    "prosess": "eteneminen", "omatoimi": "itse tehtävä", "huomioi": "ota huomioon", "koordinoi": "järjestää",
    "aktivoi": "innostaa, auttaa liikkeelle", "suorit": "tehdä", "tavoitteellis": "tavoitteena on", "lähtökohtais": "yleensä",
    "ilmoittautumismenettely": "näin ilmoittaudut", "yhteydenotto": "soita tai kirjoita", "asiakkuu": "tule asiakkaaksi",
    "edellyttä": "tarvitset", "välittömäst": "heti", "kyseise": "tämä", "johtuen": "koska, takia", "liittyen": "tästä asiasta",
    "jatkossa": "tästä eteenpäin", "toimesta": "kuka tekee", "implement": "ottaa käyttöön", "verkosto": "yhteistyökumppanit",
    "hyvinvointipalvelukokonaisuu": "apu ja tekeminen", "vertaisryhmätoimin": "ryhmä, jossa tapaat samassa tilanteessa olevia",
}  # fmt: skip
_PHRASES = {
    "matalan kynnyksen": "Kerro, mitä se tarkoittaa: ”Voit vain tulla. Ei tarvitse osata mitään.”",
    "tervetulleita ovat": "Kerro, kenelle: ”Sopii aloittelijalle.”",
    "pyritään": "Kerro, mitä teette.",
    "on mahdollista": "Kirjoita: ”Voit …”",
    "tapahtuu ilmoittautumalla": "Kirjoita: ”Ilmoittaudu …”",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is long_sentence, passive, office, phrase, long_word or abbreviation; `better` is an example or a count."""

    code: str
    place: str
    better: str = ""


def findings(text: str, *, selko: bool = False) -> list[Finding]:
    """The first few things that would be easier to read said otherwise."""
    found: list[Finding] = []
    for sentence in sentences(text):
        found += _of_sentence(sentence, selko)
    return list(dict.fromkeys(found))[:SHOWN]


def sentences(text: str) -> list[str]:
    """The sentences of a text, each line break ending one; an abbreviation's point ends none."""
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        if parts and _SHORT.search(parts[-1]) and len(parts[-1]) < 400:
            parts[-1] = f"{parts[-1]} {part}"
        elif part.strip():
            parts.append(part.strip())
    return parts


def _of_sentence(sentence: str, selko: bool) -> Iterator[Finding]:
    words = _WORD.findall(sentence)
    limit = LONGEST_SELKO if selko else LONGEST
    if len(words) > limit:
        yield Finding("long_sentence", _beginning(sentence), str(len(words)))
    small = sentence.casefold()
    for phrase, better in _PHRASES.items():
        if phrase in small:
            yield Finding("phrase", phrase, better)
    if selko:
        for short in _ABBREVIATION.findall(sentence):
            yield Finding("abbreviation", short)
    for word in words:
        yield from _of_word(word)


def _of_word(word: str) -> Iterator[Finding]:
    small = word.casefold()
    office = next((better for start, better in _OFFICE.items() if small.startswith(start)), "")
    if office:
        yield Finding("office", word, office)
    elif small not in _NOT_PASSIVE and len(small) > 5 and _PASSIVE.search(small):
        yield Finding("passive", word)
    if len(word) > LONG_WORD:
        yield Finding("long_word", word)


def _beginning(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
