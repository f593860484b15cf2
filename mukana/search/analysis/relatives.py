"""Verb → the noun of the same doing, where Finnish has one without a suffix of derivation.

The morphology links uinti to uida, but not tanssi to tanssia or jumppa to jumpata:
there the noun is a word of its own.  Candidates count only if the morphology knows
them as nouns.  Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

_STRONG = {"pp": "p", "tt": "t", "kk": "k", "nt": "nn", "nk": "ng", "mp": "mm", "lt": "ll", "rt": "rr"}
_GRADE = {weak: strong for strong, weak in _STRONG.items()} | {"d": "t", "v": "p"}


def noun_candidates(verb: str) -> Iterator[str]:
    """Possible nouns of a verb in its base form: tanssia → tanssi, jumpata → jumppa."""
    if len(verb) < 5:
        return
    if verb.endswith(("ia", "iä", "oa", "öä", "ua", "yä")):
        yield verb[:-1]
    if verb.endswith(("aa", "ää", "ea", "eä")):
        stem = verb[:-2]
        yield from (stem + ending for ending in ("u", "y", "o", "ö"))
    if verb.endswith(("ata", "ätä", "ota", "ötä", "uta", "ytä", "itä", "ita")):
        stem, vowel = verb[:-3], verb[-3]
        yield stem + vowel
        yield from (strong + vowel for strong in _strengthened(stem))


def _strengthened(stem: str) -> Iterator[str]:
    """The stem in the strong grade: jump → jumpp, lenk → lenkk, pela → pela."""
    for weak, strong in _GRADE.items():
        if stem.endswith(weak):
            yield stem[: -len(weak)] + strong
