"""Words of the same stem: reumaatikko and reuma, keilaaminen and keilahalli.

Asked only when the word itself finds little, because a common beginning is weak evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import folded
from mukana.search.asking.plan import Leaf, Plan, Slot
from mukana.search.asking.spelling import Forms, corrections
from mukana.search.asking.vocabulary import Vocabulary

SHORTEST_STEM = 5
_SHARE = 0.45  # of the asked word that must be common
WEIGHT = 0.3
_MOST = 6
LAST_RESORT_STEM = 4  # letters


def widened(plan: Plan, vocabulary: Vocabulary, analyse: Callable[[str], Analysis]) -> Plan:
    """The plan with words of the same stem added to what must be answered."""
    return replace(plan, slots=tuple(_wide(slot, vocabulary, analyse) for slot in plan.slots))


def last_resort(plan: Plan, sources: Sequence[Forms]) -> str:
    """Another question when the first found nothing at all: words spelled nearly so, known pieces, like beginnings."""
    found: dict[str, None] = {}
    for lemma in (lemma for slot in plan.slots for lemma in slot.lemmas):
        forms = corrections(lemma, sources) or _known_pieces(lemma, sources) or _alike(lemma, sources)
        found.update(dict.fromkeys(forms[:_MOST]))
    return " ".join(found)


def _known_pieces(word: str, sources: Sequence[Forms]) -> list[str]:
    """Known words at the end or the beginning of a word: what remains of slang and odd compounds."""
    cuts = range(LAST_RESORT_STEM, len(word) - LAST_RESORT_STEM + 1)
    pieces = [word[cut:] for cut in cuts] + [word[:cut] for cut in reversed(cuts)]
    found = (form for piece in pieces for source in sources for form in source.spelled(piece))
    return list(dict.fromkeys(found))[:2]


def _alike(word: str, sources: Sequence[Forms]) -> list[str]:
    """Words with the same beginning, as long a one as any has."""
    plain = folded(word)
    for length in range(len(plain) - 1, LAST_RESORT_STEM - 1, -1):
        forms = [form for source in sources for _, form, _ in source.forms(plain[:length])]
        if forms:
            return forms[:_MOST]
    return []


def _wide(slot: Slot, vocabulary: Vocabulary, analyse: Callable[[str], Analysis]) -> Slot:
    held = {leaf.term for leaf in slot.leaves}
    leaves: list[Leaf] = []
    for lemma in slot.lemmas:
        for form in _same_stem(lemma, vocabulary):
            for other in analyse(form).lemmas:
                if other not in held and _common(other, lemma) >= SHORTEST_STEM:
                    leaves += (Leaf(other, WEIGHT), Leaf(f"_{other}", WEIGHT * 0.8), Leaf(f"{other}_", WEIGHT * 0.5))
                    held.add(other)
    return replace(slot, leaves=slot.leaves + tuple(leaves)) if leaves else slot


def _same_stem(lemma: str, vocabulary: Vocabulary) -> list[str]:
    plain = folded(lemma)
    if len(plain) < SHORTEST_STEM:
        return []
    least = max(SHORTEST_STEM, int(len(plain) * _SHARE))
    found = [(-_common(other, plain), -count, form) for other, form, count in vocabulary.forms(plain[:least])]
    return [form for _, _, form in sorted(found)[:_MOST]]


def _common(one: str, other: str) -> int:
    """Letters that two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
