"""Lexicon → tables keyed by the terms of analysed words.  Pure but for the analyser given."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from mukana.search.analysis.guess import foreign_stems
from mukana.search.analysis.reading import Analysis
from mukana.search.analysis.words import folded, words_of
from mukana.search.concepts.leanings import FROM_CLUE, FROM_LABEL, learned
from mukana.search.concepts.stopwords import NEGATIONS, STOP
from mukana.search.concepts.words import Word
from mukana.search.lexicon.rules import Concept, Lexicon

_TELLING = ("activity", "service", "need")
VERSION = 6  # raise when the tables change
LABEL, CLUE = 1.0, 0.4
MOST_READINGS = 6  # of one label of several words
STOP_WEIGHT = 0.2  # most that a stop word or a negation weighs in a saying
BY_ROOT = 0.8  # what a word counts in a saying that holds only its root

Analyse = Callable[[str], Analysis]
Entry = tuple[str, float]  # concept id, strength
Saying = tuple[str, float, dict[str, float]]  # concept id, weight of all words, term → weight
Sequence = tuple[tuple[str, ...], str, float]  # the words after the second, concept id, strength


@dataclass(slots=True)
class Tables:
    """What matching needs; plain lists and dicts, so that it is stored as JSON."""

    single: dict[str, list[Entry]] = field(default_factory=dict)  # term → concepts
    several: dict[str, dict[str, list[Sequence]]] = field(default_factory=dict)  # first → second term → names
    fillers: list[str] = field(default_factory=list)  # concepts without a subject: only a whole word names them
    lone: dict[str, bool] = field(default_factory=dict)  # concepts that lead nowhere: their words are also read in parts
    telling: dict[str, bool] = field(default_factory=dict)  # concepts a text may be about: things to do, services, needs
    phrases: list[Saying] = field(default_factory=list)
    phrase_index: dict[str, list[int]] = field(default_factory=dict)  # term → numbers of phrases
    leanings: dict[str, dict[str, float]] = field(default_factory=dict)  # see concepts.leanings
    concepts: int = 0
    spellings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # two letters → (folded, word)


def compile_lexicon(lexicon: Lexicon, analyse: Analyse) -> Tables:
    """Tables of a lexicon; `analyse` is asked once for each distinct word."""
    tables = Tables(fillers=[concept.id for concept in lexicon.of_kind("function")])
    for concept in lexicon:
        for keys, strength in _label_keys(concept, analyse):
            _put(tables, keys, concept.id, strength)
    tables.lone = {concept.id: True for concept in lexicon if _leads_nowhere(concept)}
    tables.telling = {concept.id: True for concept in lexicon if concept.kind in _TELLING and concept.id not in tables.lone}
    _put_phrases(tables, lexicon, analyse)
    tables.leanings = learned(said_of(lexicon, analyse), len(lexicon))
    tables.concepts = len(lexicon)
    _put_spellings(tables, lexicon)
    return tables


def _leads_nowhere(concept: Concept) -> bool:
    return concept.kind != "function" and not (
        concept.expands or concept.phrases or concept.topics or concept.audience or concept.features or concept.facets
    )


def _label_keys(concept: Concept, analyse: Analyse) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every sequence of terms that names (or hints at) the concept."""
    for language, labels in concept.labels.items():
        for label in labels:
            for keys in _keys(label, language, analyse):
                yield keys, LABEL
    for clue in concept.clues:
        for keys in _keys(clue, "fi", analyse):
            yield keys, CLUE


def _keys(label: str, language: str, analyse: Analyse) -> Iterable[tuple[str, ...]]:
    words = words_of(label)
    if not words:
        return ()
    choices = [_word_keys(word, language, analyse) for word in words]
    return islice(product(*choices), MOST_READINGS)


def _word_keys(word: str, language: str, analyse: Analyse) -> tuple[str, ...]:
    """A label is written in its base form, so that reading alone counts when there is one."""
    if language != "fi":
        return tuple(stem for stem in foreign_stems(word) if stem.startswith(language)) or (word,)
    lemmas = analyse(word).lemmas
    return (word,) if word in lemmas else lemmas


def _put(tables: Tables, keys: tuple[str, ...], concept: str, strength: float) -> None:
    if len(keys) == 1:
        held = tables.single.setdefault(keys[0], [])
        if not any(other == concept and strong >= strength for other, strong in held):
            held.append((concept, strength))
        return
    rows = tables.several.setdefault(keys[0], {}).setdefault(keys[1], [])
    if (keys[2:], concept, strength) not in rows:
        rows.append((keys[2:], concept, strength))


def saying_terms(form: str, lemmas: Iterable[str], roots: Iterable[str]) -> dict[str, float]:
    """Terms of a word of a saying or question with their shares; all negations are one term.

    Roots make "en saa nukuttua" and "en nuku" meet.  Stop words stay ("minulla ei ole ketään"
    has no others); their weight is small.
    """
    if form in NEGATIONS or tuple(lemmas) == ("ei",):
        return {"ei": 1.0}
    return {**dict.fromkeys(roots, BY_ROOT), **dict.fromkeys(lemmas, 1.0)}


def _put_phrases(tables: Tables, lexicon: Lexicon, analyse: Analyse) -> None:
    """Rare words of the sayings weigh more: "kaatua" says what "illalla" does not."""
    rows: list[tuple[str, list[dict[str, float]]]] = []
    for phrase, concept in lexicon.phrases():
        words = [(word, analyse(word)) for word in words_of(phrase)]
        if words:
            rows.append((concept.id, [saying_terms(word, held.lemmas, held.roots) for word, held in words]))
    frequency = Counter(term for _, said in rows for term in {term for terms in said for term in terms})
    index: dict[str, list[int]] = defaultdict(list)
    for number, (concept_id, said) in enumerate(rows):
        weights: dict[str, float] = {}
        whole = 0.0
        for terms in said:
            weight = _weight_of(terms, frequency, len(rows))
            whole += weight
            for term, share in terms.items():
                weights[term] = max(weight * share, weights.get(term, 0.0))
                index[term].append(number)
        tables.phrases.append((concept_id, whole, weights))
    tables.phrase_index = {term: sorted(set(numbers)) for term, numbers in index.items()}


def _weight_of(terms: dict[str, float], frequency: Counter[str], rows: int) -> float:
    lemmas = [term for term, share in terms.items() if share == 1.0]
    weight = min(_rarity(frequency[term], rows) for term in lemmas)
    return min(weight, STOP_WEIGHT) if STOP.issuperset(lemmas) or lemmas == ["ei"] else weight


def said_of(lexicon: Lexicon, analyse: Analyse) -> Iterator[tuple[str, float, list[Word]]]:
    """Everything written of a concept from which a question's leaning can be told."""
    for concept in lexicon:
        texts = [(phrase, 1.0) for phrase in concept.phrases]
        if concept.kind != "function":
            texts += [(label, FROM_LABEL) for label in concept.labels.get("fi", ())]
            texts += [(clue, FROM_CLUE) for clue in concept.clues]
        for text, weight in texts:
            yield concept.id, weight, [_plain_word(form, analyse(form)) for form in words_of(text)]


def _plain_word(form: str, analysis: Analysis) -> Word:
    return Word(form, analysis.lemmas, analysis.heads, analysis.modifiers, analysis.roots)


def _put_spellings(tables: Tables, lexicon: Lexicon) -> None:
    """Words of the lexicon as they are written, for mending typing slips."""
    texts = [label for label, _, _ in lexicon.words()] + [clue for concept in lexicon for clue in concept.clues]
    words = {word for text in texts for word in words_of(text) if len(word) > 3 and word not in STOP}
    for word in sorted(words):
        plain = folded(word)
        tables.spellings.setdefault(plain[:2], []).append((plain, word))


def _rarity(frequency: int, rows: int) -> float:
    return math.log(1 + rows / frequency) / math.log(1 + rows)
