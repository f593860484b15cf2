"""Lexicon text → Lexicon, or every mistake in it with line and Finnish sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from difflib import get_close_matches

from mukana.search.lexicon.codes import AUDIENCES, FACETS, FEATURES, LANGUAGES, TOPICS
from mukana.search.lexicon.reading import Block, BlockReader
from mukana.search.lexicon.rules import Concept, Lexicon, Problem, folded, lexicon_of

DEFAULT_PERCENT = 50
Values = list[tuple[str, int]]


def parse(text: str, base: Lexicon | None = None) -> Lexicon | list[Problem]:
    """Read a lexicon text.  With `base`, its blocks add to the concepts of the base.

    Gives a Lexicon, or the list of all problems in line order; never raises.
    """
    reader = BlockReader()
    reader.read(text)
    builder = _Builder(base, reader.problems)
    for block in reader.blocks:
        builder.take(block)
    builder.check_links()
    builder.check_labels()
    if builder.problems:
        return sorted(builder.problems, key=lambda problem: problem.line)
    return lexicon_of(builder.concepts.values())


class _Builder:
    """Gathers concepts and complaints; knows on which line each thing was written."""

    def __init__(self, base: Lexicon | None, problems: list[Problem]) -> None:
        self.concepts: dict[str, Concept] = dict(base.by_id) if base else {}
        self.problems = problems
        self.lines: dict[str, int] = {}
        self.links: list[tuple[str, str, int]] = []

    def take(self, block: Block) -> None:
        """Make or lengthen the block's concept."""
        if not block.id:
            return
        if block.id in self.lines:
            self._complain(block.line, f"Tunnus [{block.id}] on jo rivillä {self.lines[block.id]}.")
            return
        self.lines[block.id] = block.line
        old = self.concepts.get(block.id)
        if old is None and not block.kind:
            self._complain(block.line, f"Uudelta käsitteeltä [{block.id}] puuttuu laji, esimerkiksi toiminta tai tarve.")
        start = old or Concept(block.id, block.kind or "activity")
        concept = self._filled(replace(start, kind=block.kind or start.kind), block)
        if not (concept.labels or concept.phrases or concept.clues):
            self._complain(block.line, f"Käsitteellä [{block.id}] ei ole yhtään sanaa eikä sanontaa.")
        self.concepts[block.id] = concept

    def _filled(self, start: Concept, block: Block) -> Concept:
        get = block.values.get
        gone = {folded(word) for word, _ in get("poista", [])}
        labels = {language: words for language in LANGUAGES if (words := _joined(start.labels.get(language, ()), get(language, []), gone))}
        return replace(
            start,
            labels=labels,
            clues=_joined(start.clues, get("vihje", []), gone),
            phrases=_joined(start.phrases, get("sanoo", []), gone),
            expands=self._expands(start, get("vie", [])),
            topics=self._codes(start.topics, get("aihe", []), TOPICS, "Aihetta"),
            audience=self._codes(start.audience, get("kenelle", []), AUDIENCES, "Kohderyhmää"),
            features=self._codes(start.features, get("piirre", []), FEATURES, "Piirrettä"),
            facets=self._facets(start.facets, get("ehto", [])),
            weight=self._weight(start.weight, get("paino", [])),
            relative=self._relative(start, get("läheisellä", [])),
        )

    def _codes(self, old: tuple[str, ...], new: Values, known: Collection[str], what: str) -> tuple[str, ...]:
        for word, line in new:
            if word not in known:
                self._complain(line, f"{what} ”{word}” ei ole.{_hint(word, known)}")
        return _joined(old, new, set())

    def _expands(self, start: Concept, new: Values) -> tuple[tuple[str, float], ...]:
        links = dict(start.expands)
        for word, line in new:
            target, _, percent = word.partition(" ")
            weight = self._percent(percent or str(DEFAULT_PERCENT), line)
            if target == start.id:
                self._complain(line, f"Käsite [{target}] ei voi viedä itseensä.")
            self.links.append((start.id, target, line))
            links[target] = weight
        return tuple(links.items())

    def _relative(self, start: Concept, new: Values) -> str:
        for target, line in new:
            self.links.append((start.id, target, line))
        return new[-1][0] if new else start.relative

    def _facets(self, old: tuple[tuple[str, str], ...], new: Values) -> tuple[tuple[str, str], ...]:
        pairs = dict.fromkeys(old)
        for word, line in new:
            facet, _, code = (part.strip() for part in word.partition("="))
            if code not in FACETS.get(facet, ()):
                choices = [f"{name}={one}" for name, codes in FACETS.items() for one in codes]
                self._complain(line, f"Ehtoa ”{word}” ei ole.{_hint(word, choices)}")
            pairs[(facet, code)] = None
        return tuple(pairs)

    def _weight(self, old: float, new: Values) -> float:
        return self._percent(new[-1][0], new[-1][1]) if new else old

    def _percent(self, word: str, line: int) -> float:
        digits = word.strip().removesuffix("%").strip()
        if digits.isascii() and digits.isdigit() and 0 <= int(digits) <= 100:
            return int(digits) / 100
        self._complain(line, f"Paino ”{word}” ei ole kokonaisluku nollasta sataan.")
        return DEFAULT_PERCENT / 100

    def check_links(self) -> None:
        """Every `vie:` must lead to a concept that exists."""
        for source, target, line in self.links:
            if target not in self.concepts:
                self._complain(line, f"Käsite [{source}] vie käsitteeseen ”{target}”, jota ei ole.{_hint(target, self.concepts)}")

    def check_labels(self) -> None:
        """One word may mean only one concept of a kind; several kinds may share it."""
        seen: dict[tuple[str, str, str], str] = {}
        for concept in self.concepts.values():
            for language, labels in concept.labels.items():
                for label in labels:
                    owner = seen.setdefault((concept.kind, language, folded(label)), concept.id)
                    if owner != concept.id:
                        self._clash(label, owner, concept.id)

    def _clash(self, label: str, first: str, second: str) -> None:
        line = max(self.lines.get(first, 1), self.lines.get(second, 1))
        message = f"Sana ”{label}” on sekä käsitteessä [{first}] että käsitteessä [{second}]. Jätä se toiseen tai siirrä se kohtaan vihje."
        self._complain(line, message)

    def _complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(line, message))


def _joined(old: tuple[str, ...], new: Values, gone: Collection[str]) -> tuple[str, ...]:
    words: dict[str, str] = {folded(word): word for word in old}
    for word, _ in new:
        words.setdefault(folded(word), word)
    return tuple(word for key, word in words.items() if key not in gone)


def _hint(word: str, known: Collection[str]) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Tarkoititko ”{near[0]}”?" if near else ""
