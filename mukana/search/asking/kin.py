"""Words of kin: "mieheni kuoli" tells of a relative, "jumppaa miehille" of those it is for.  Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mukana.search.asking.tokens import Token

_KIN = """mies vaimo puoliso äiti isä äiskä iskä faija mutsi vanhempi poika tytär tyttö lapsi veli sisko sisar mummo mummi mummu
pappa ukki vaari isoäiti isoisä anoppi appi setä täti eno serkku läheinen omainen sukulainen lapsenlapsi ystävä kaveri avokki
avomies avovaimo poikaystävä tyttöystävä"""
KIN = frozenset(_KIN.split())
_OWN = frozenset(["mun", "minun", "meijän", "meidän", "sun", "sinun", "hänen", "heidän", "teidän", "munki"])
_SELF = frozenset(["minä", "mä", "mää", "olen", "oon", "mulla", "minulla", "itse", "itselläni", "minua", "mua", "jag", "i"])
_POSSESSIVE = re.compile(r"(ni|nsa|nsä|mme|nne|(?:lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|kse|na|nä|ta|tä|a|ä)(?:an|än|en))$")


def relatives(tokens: Sequence[Token], needy: bool) -> frozenset[int]:
    """Indexes of words that name a relative of the one who asks; `needy` when the question tells of a need."""
    return frozenset(at for at, token in enumerate(tokens) if _is_kin(token) and (needy or _is_own(tokens, at)))


def of_another(tokens: Sequence[Token], kin: frozenset[int]) -> bool:
    """Whether the need told of is the relative's own: "poika polttaa", not "olen masentunut äiti"."""
    return bool(kin) and _SELF.isdisjoint(token.word.form for token in tokens)


def _is_kin(token: Token) -> bool:
    return not KIN.isdisjoint(token.word.lemmas)


def _is_own(tokens: Sequence[Token], at: int) -> bool:
    """Whether the kin is somebody's: mieheni, läheisensä, mun äiti."""
    word = tokens[at].word
    if at and tokens[at - 1].word.form in _OWN:
        return True
    return word.form not in word.lemmas and _POSSESSIVE.search(word.form) is not None
