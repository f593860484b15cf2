"""What a concept is and how concepts make a lexicon: plain values, no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing people mean, with every way of saying it.

    `labels`   language ("fi", "sv", "en") → words that MEAN the concept, both in a
               question and in an entry's text; the first Finnish one is its name.
    `clues`    words that only hint at it: count them at less than half a label.
    `phrases`  what people say in a question; never looked for in an entry.
    `expands`  (concept id, weight 0…1): also look for that concept.  One step only.
    `topics`, `audience`, `features`  the directory's codes the concept stands for.
    `facets`   (facet, code) pairs a condition asks for: ("form", "video_home").
    `weight`   how much the words themselves count in ranking, 0…1; below 1 for
               words such as "haluan" that carry no subject.
    `relative`  the need of somebody near, when it is a relative who has this one
               ("juon liikaa" and "mieheni juo").
    """

    id: str
    kind: str
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    expands: tuple[tuple[str, float], ...] = ()
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    weight: float = 1.0
    relative: str = ""

    @property
    def name(self) -> str:
        """The word shown to people when the concept explains a result."""
        for language in ("fi", "sv", "en"):
            if words := self.labels.get(language):
                return words[0]
        return self.id


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a lexicon text: its line (1…) and a Finnish sentence about it."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Rivi {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All concepts in file order, and by id."""

    concepts: tuple[Concept, ...]
    by_id: Mapping[str, Concept]

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def of_kind(self, kind: str) -> tuple[Concept, ...]:
        """Concepts of one kind, in file order."""
        return tuple(concept for concept in self.concepts if concept.kind == kind)

    def words(self) -> Iterator[tuple[str, str, Concept]]:
        """Every (label, language, concept)."""
        for concept in self.concepts:
            for language, labels in concept.labels.items():
                for label in labels:
                    yield label, language, concept

    def phrases(self) -> Iterator[tuple[str, Concept]]:
        """Every (phrase, concept)."""
        for concept in self.concepts:
            for phrase in concept.phrases:
                yield phrase, concept


def lexicon_of(concepts: Iterable[Concept]) -> Lexicon:
    """A lexicon of concepts whose ids are all different."""
    ordered = tuple(concepts)
    return Lexicon(ordered, MappingProxyType({concept.id: concept for concept in ordered}))


def tidy(word: str) -> str:
    """A word as it is stored: outer blanks off, inner ones single."""
    return " ".join(word.split())


def folded(word: str) -> str:
    """The form in which two labels are compared: "  Vesi  Jumppa" → "vesi jumppa"."""
    return tidy(word).casefold()
