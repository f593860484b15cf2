"""Words of kin: "mieheni kuoli" tells of a relative, "jumppaa miehille" of those it is for.  Pure."""

from __future__ import annotations

import re

from mukana.search.asking.tokens import Token

_KIN = """mies vaimo puoliso äiti isä äiskä iskä faija mutsi vanhempi poika tytär tyttö lapsi veli sisko sisar mummo mummi mummu
pappa ukki vaari isoäiti isoisä anoppi appi setä täti eno serkku läheinen omainen sukulainen lapsenlapsi ystävä kaveri avokki
avomies avovaimo poikaystävä tyttöystävä"""
KIN = frozenset(_KIN.split())
_OWN = frozenset(["mun", "minun", "meijän", "meidän", "sun", "sinun", "hänen", "heidän", "teidän", "munki"])
_POSSESSIVE = re.compile(r"(ni|nsa|nsä|mme|nne|(?:lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|kse|na|nä|ta|tä|a|ä)(?:an|än|en))$")


def is_kin(token: Token) -> bool:
    """Whether the word names a relative or a friend."""
    return not KIN.isdisjoint(token.word.lemmas)


def is_own(token: Token, before: Token | None) -> bool:
    """Whether the kin is somebody's: mieheni, läheisensä, mun äiti."""
    form = token.word.form
    if before is not None and before.word.form in _OWN:
        return True
    return form not in token.word.lemmas and _POSSESSIVE.search(form) is not None
