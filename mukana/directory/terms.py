"""The hub's own words (topics, audiences, features, needs) and how other vocabularies lead to them.

The table is `data/hyte_terms.tsv`.  A cell of `words` holds patterns parted by
`|`.  A pattern is compared word by word, ignoring case; a hyphen parts words:
`uni=` is that very word, `tuolijump` any word that begins so (which is how
Finnish endings are borne), `*jump` a word with that inside, `*kuoro=` a word
that ends so, and `raha asi` two such words side by side.  A leading `~` marks a topic's
pattern as loose: it leads somewhere only when nothing else does (`~yhdessäolo`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

WORD = re.compile(r"[^\W_]+\+?")
LONGEST_PHRASE = 300  # characters of a title or keyword that are looked at
# Shown only when nothing more exact of the same theme is known.
WEAK = {"gentle_exercise": "t3", "other_sport": "t3"}
WEAKEST = "games"  # any "kerho" is one, so it gives way to every other topic
LOOSE = "~"
STREETS = ("katu", "kadun", "kadulla", "kadulta", "kuja", "kujan", "gatan")  # "Museokatu" is no museum
Rest = tuple[tuple[str, ...], str]  # what must follow the first part of a pattern, and the code it leads to


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the hub.  `scheme` is topic, audience, feature, need or theme."""

    code: str
    scheme: str
    theme: str
    labels: dict[str, str]  # fi, sv, en
    words: tuple[str, ...]
    koko_uris: frozenset[str]
    ptv_codes: frozenset[str]  # service classes, target groups and life events alike
    lipas_types: frozenset[int]


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every term in the order of the table."""
    return tuple(_term(row) for row in rows_of("hyte_terms.tsv"))


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table that lies in `directory/data`."""
    source = resources.files("mukana.directory").joinpath("data", name)
    with source.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def topics_for(ptv_codes: Iterable[str] = (), koko_uris: Iterable[str] = (), words: Iterable[str] = ()) -> tuple[str, ...]:
    """Topic codes, in table order, that classes, concept URIs and words (titles, keywords) lead to."""
    said = _found("topic", ptv_codes, koko_uris, words)
    found = {code for code in said if not code.startswith(LOOSE)} or {code.removeprefix(LOOSE) for code in said}
    return strongest(code for code in codes("topic") if code in found)


def strongest(topics: Iterable[str]) -> tuple[str, ...]:
    """The topics without those general ones that a more exact one makes needless."""
    kept = list(dict.fromkeys(topics))
    for weak, theme in WEAK.items():
        if weak in kept and any(theme_of(other) == theme and other not in WEAK for other in kept):
            kept.remove(weak)
    if "gentle_exercise" in kept and "other_sport" in kept:
        kept.remove("other_sport")
    if WEAKEST in kept and len(kept) > 1:
        kept.remove(WEAKEST)
    return tuple(kept)


def audiences_for(ptv_codes: Iterable[str] = (), koko_uris: Iterable[str] = (), words: Iterable[str] = ()) -> tuple[str, ...]:
    """Audience codes, in table order."""
    found = _found("audience", ptv_codes, koko_uris, words)
    return tuple(code for code in codes("audience") if code in found)


def features_for(words: Iterable[str]) -> tuple[str, ...]:
    """Feature codes that the words state outright."""
    found = _found("feature", (), (), words)
    return tuple(code for code in codes("feature") if code in found)


@lru_cache(maxsize=8)
def codes(scheme: str) -> tuple[str, ...]:
    """The codes of one scheme in table order."""
    return tuple(term.code for term in terms() if term.scheme == scheme)


def theme_of(topic: str) -> str:
    """The theme `t1` … `t8` of a topic, empty for a word that is none."""
    return _themes().get(topic, "")


@lru_cache(maxsize=1)
def _themes() -> dict[str, str]:
    return {term.code: term.theme for term in terms() if term.scheme == "topic"}


def _found(scheme: str, ptv_codes: Iterable[str], koko_uris: Iterable[str], words: Iterable[str]) -> set[str]:
    by_code = _by_reference(scheme)
    found: set[str] = set()
    for reference in (*ptv_codes, *koko_uris):
        found.update(by_code.get(reference, ()))
    for phrase in words:
        found.update(_said(scheme, phrase[:LONGEST_PHRASE]))
    return found


@lru_cache(maxsize=8)
def _by_reference(scheme: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for term in terms():
        if term.scheme == scheme:
            for reference in term.ptv_codes | term.koko_uris:
                table.setdefault(reference, []).append(term.code)
    return {reference: tuple(found) for reference, found in table.items()}


@lru_cache(maxsize=50_000)
def _said(scheme: str, phrase: str) -> frozenset[str]:
    tokens = WORD.findall(phrase.casefold())
    found: set[str] = set()
    for position, token in enumerate(tokens):
        if token.endswith(STREETS):
            continue
        for rest, code in _beginning(scheme, token):
            following = tokens[position + 1 : position + 1 + len(rest)]
            if len(following) == len(rest) and all(map(_fits, rest, following)):
                found.add(code)
    return frozenset(found)


@lru_cache(maxsize=20_000)  # titles differ, their words come again
def _beginning(scheme: str, token: str) -> tuple[Rest, ...]:
    return tuple(_patterns(scheme).beginning(token))


def _fits(part: str, token: str) -> bool:
    whole = part.rstrip("=")
    if part.startswith("*"):
        return token.endswith(whole[1:]) if part.endswith("=") else whole[1:] in token
    return token == whole if part.endswith("=") else token.startswith(whole)


@dataclass(frozen=True, slots=True)
class _Index:
    starts: dict[str, list[Rest]]  # first part without marks; "=" kept when it is a whole word
    inner: list[tuple[str, Rest]]

    def beginning(self, token: str) -> Iterator[Rest]:
        """What may follow a pattern whose first part fits the token."""
        yield from self.starts.get(token + "=", ())
        for length in range(2, len(token) + 1):
            yield from self.starts.get(token[:length], ())
        for part, rest in self.inner:
            if _fits(part, token):
                yield rest


@lru_cache(maxsize=8)
def _patterns(scheme: str) -> _Index:
    index = _Index({}, [])
    for term in terms():
        if term.scheme == scheme:
            for pattern in (*term.words, *map(_exact, term.labels.values())):
                first, *rest = _parts(pattern.removeprefix(LOOSE)) or [""]
                target: Rest = (tuple(rest), f"{LOOSE}{term.code}" if pattern.startswith(LOOSE) else term.code)
                if first.startswith("*"):
                    index.inner.append((first, target))
                elif first:
                    index.starts.setdefault(first, []).append(target)
    return index


def _exact(label: str) -> str:
    return " ".join(f"{word}=" for word in WORD.findall(label.casefold()))


def _parts(pattern: str) -> list[str]:
    return pattern.casefold().replace("-", " ").split()


def _term(row: dict[str, str]) -> Term:
    references = (row["ptv_service_classes"], row["ptv_target_groups"], row["ptv_life_events"])
    return Term(
        code=row["code"],
        scheme=row["scheme"],
        theme=row["theme"],
        labels={language: row[language] for language in ("fi", "sv", "en")},
        words=_cell(row["words"]),
        koko_uris=frozenset(_cell(row["koko_uris"])),
        ptv_codes=frozenset(code for cell in references for code in _cell(cell)),
        lipas_types=frozenset(int(code) for code in _cell(row["lipas_types"])),
    )


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
