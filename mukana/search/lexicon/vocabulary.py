"""Labels of the national vocabularies (KOKO: TERO, JUPO, YSO) laid over a lexicon.

They are generated, not edited, so a row that says what the lexicon already says
gives way silently: a word keeps the meaning the editors gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mukana.search.lexicon.codes import LANGUAGES
from mukana.search.lexicon.rules import Concept, Lexicon, folded, lexicon_of

Labels = dict[str, tuple[str, ...]]


def read_rows(text: str) -> Iterator[tuple[str, str, Labels]]:
    """Rows `id, kind, fi, sv, en` (tabs; words parted by |); # starts a note.

    Raises ValueError naming the line that has another number of columns.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 2 + len(LANGUAGES):
            raise ValueError(f"vocabulary line {number}: {len(cells)} columns instead of 5")
        words = (tuple(word for word in cell.split("|") if word) for cell in cells[2:])
        yield cells[0], cells[1], dict(zip(LANGUAGES, words, strict=True))


def with_vocabulary(lexicon: Lexicon, text: str) -> Lexicon:
    """The lexicon with the rows' labels added to its concepts, or as new concepts."""
    concepts = dict(lexicon.by_id)
    owners = {(language, folded(label)): concept.id for label, language, concept in lexicon.words()}
    for identity, kind, labels in read_rows(text):
        target = _owner(labels, owners)
        new = _unowned(labels, owners)
        if not new:
            continue
        concept = concepts[target] if target else Concept(identity, kind)
        joined = {language: (*concept.labels.get(language, ()), *new.get(language, ())) for language in LANGUAGES}
        filled = {language: words for language, words in joined.items() if words}
        concepts[concept.id] = replace(concept, labels=filled)
        owners.update(((lang, folded(word)), concept.id) for lang, words in new.items() for word in words)
    return lexicon_of(concepts.values())


def _owner(labels: Labels, owners: dict[tuple[str, str], str]) -> str:
    found = (owners.get(("fi", folded(word))) for word in labels["fi"])
    return next((identity for identity in found if identity), "")


def _unowned(labels: Labels, owners: dict[tuple[str, str], str]) -> Labels:
    new: Labels = {}
    for language, words in labels.items():
        fresh = tuple(word for word in words if (language, folded(word)) not in owners)
        if fresh:
            new[language] = fresh
    return new
