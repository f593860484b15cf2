"""Words the morphology does not know: loan words, open compounds, names, other languages.

`lookup` asks the morphology; everything else is rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from mukana.search.analysis.interpret import Part
from mukana.search.analysis.reading import Analysis, combine, read
from mukana.search.analysis.words import pieces

Lookup = Callable[[str], list[str]]
_ENDINGS = (
    *("ksessa", "ksessä", "ksesta", "ksestä", "kseen", "ksella", "ksellä", "kselle", "ksen", "ksia", "ksiä"),
    *("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "iin", "een", "aan", "ään", "oon", "uun"),
    *("ta", "tä", "na", "nä", "ja", "jä", "in", "an", "en", "un", "on", "it", "a", "ä", "n", "t"),
)
_SHORTEST_LEFT, _SHORTEST_RIGHT = 3, 4
_SHORTEST_STEM = 5
_MOST_STEMMINGS = 3
_SURE_LEFT = 5  # a known beginning this long makes a compound even when the end is unknown


def guess(word: str, lookup: Lookup) -> Analysis:
    """Terms of a word without a reading of its own."""
    parts = tuple(pieces(word))
    if len(parts) > 1:
        return _hyphenated(parts, lookup)
    return _open_compound(word, lookup) or _bare(word)


def _hyphenated(words: tuple[str, ...], lookup: Lookup) -> Analysis:
    """isä-lapsiryhmä: each piece by itself, then one compound."""
    opened = [_best(word, lookup) for word in words]
    joined = tuple(part for parts in opened for part in parts)
    whole = combine([joined], known=True)
    lemma = "-".join([*words[:-1], opened[-1][-1].base if len(opened[-1]) == 1 else _lemma(opened[-1])])
    plain = whole.lemmas[0]
    return Analysis((lemma, plain), whole.heads, whole.modifiers, whole.roots, True)


def _lemma(parts: tuple[Part, ...]) -> str:
    return "".join(part.surface for part in parts[:-1]) + parts[-1].base


def _best(word: str, lookup: Lookup) -> tuple[Part, ...]:
    analysis = read(word, lookup(word)) or _open_compound(word, lookup) or _bare(word)
    if not analysis.heads:
        return (Part(word, analysis.lemmas[0], analysis.roots, "n"),)
    head = min(analysis.heads, key=len)
    lemma = analysis.lemmas[0]
    if not lemma.endswith(head) or len(lemma) == len(head):
        return (Part(word, lemma, analysis.roots, "n"),)
    front = lemma[: len(lemma) - len(head)]
    return (Part(front, front, (), ""), Part(head, head, analysis.roots, "n"))


def _open_compound(word: str, lookup: Lookup) -> Analysis | None:
    """vauvamuskari → vauva + muskari; the longest known end decides."""
    for cut in range(_SHORTEST_LEFT, len(word) - _SHORTEST_RIGHT + 1):
        left, right = word[:cut], word[cut:]
        end = read(right, lookup(right))
        start = read(left, lookup(left)) if end else None
        if end and start:
            last = Part(right, end.lemmas[0], end.roots, "n")
            more = combine([(Part(left, start.lemmas[0], start.roots, ""), last)], known=True)
            heads = tuple(dict.fromkeys(more.heads + end.heads))
            modifiers = tuple(dict.fromkeys(more.modifiers + start.modifiers + end.modifiers))
            return Analysis(more.lemmas, heads, modifiers, more.roots, True)
    return _half_known(word, lookup)


def _half_known(word: str, lookup: Lookup) -> Analysis | None:
    """vauvamuskari: vauva is known, muskari is not; the longest known beginning decides."""
    for cut in range(len(word) - _SHORTEST_RIGHT, _SURE_LEFT - 1, -1):
        start = read(word[:cut], lookup(word[:cut]))
        if start and word[:cut] in start.lemmas:
            return Analysis((word,), (word[cut:],), start.lemmas, tuple(sorted(_stems(word))), known=False)
    return None


def _bare(word: str) -> Analysis:
    """A word as it stands, with what remains when a case ending goes as its root."""
    return Analysis((word,), roots=tuple(sorted(_stems(word) - {word})), known=False)


def _stems(word: str) -> set[str]:
    """Stems under which inflected forms of an unknown word meet: pilates, pilatesta → pilates."""
    stems = set()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)]
            stems.add(stem + "s" if ending.startswith("ks") else stem)
    return stems


@cache
def _stemmer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).filter(Filter.stemmer(language)).build()


@lru_cache(maxsize=20_000)
def foreign_stems(word: str) -> tuple[str, ...]:
    """Swedish and English Snowball stems of a word, marked with their language."""
    return (f"sv:{_stem(word, 'swedish')}", f"en:{_stem(word, 'english')}")


def _stem(word: str, language: str) -> str:
    """Stemmed until nothing changes, so that promenad and promenader meet (promenader → promenad → promen)."""
    for _ in range(_MOST_STEMMINGS):
        stem = (_stemmer(language).analyze(word) or [word])[0]
        if stem == word:
            break
        word = stem
    return word
