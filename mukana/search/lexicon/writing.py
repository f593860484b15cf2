"""Lexicon → the text people edit; parse(write(lexicon)) gives the same lexicon."""

from __future__ import annotations

from mukana.search.lexicon.codes import KIND_WORDS, LANGUAGES
from mukana.search.lexicon.rules import Concept, Lexicon

_WORD_OF_KIND = {kind: word for word, kind in KIND_WORDS.items()}


def write(lexicon: Lexicon) -> str:
    """The whole lexicon in the format that `parse` reads."""
    return "\n".join(_block(concept) for concept in lexicon)


def _block(concept: Concept) -> str:
    lines = [f"[{concept.id}] {_WORD_OF_KIND[concept.kind]}"]
    lines += [_line(language, concept.labels.get(language, ())) for language in LANGUAGES]
    lines.append(_line("vihje", concept.clues))
    if concept.phrases:
        lines += ["sanoo:", *(f"  {phrase}" for phrase in concept.phrases)]
    lines.append(_line("vie", tuple(f"{to} {round(weight * 100)}" for to, weight in concept.expands)))
    lines.append(_line("läheisellä", (concept.relative,) if concept.relative else ()))
    lines.append(_line("aihe", concept.topics))
    lines.append(_line("kenelle", concept.audience))
    lines.append(_line("piirre", concept.features))
    lines.append(_line("ehto", tuple(f"{facet}={code}" for facet, code in concept.facets)))
    if concept.weight != 1.0:
        lines.append(f"paino: {round(concept.weight * 100)}")
    return "\n".join(line for line in lines if line) + "\n"


def _line(key: str, words: tuple[str, ...]) -> str:
    return f"{key}: {', '.join(words)}" if words else ""
