"""Searching: `search` answers a question, `suggest` finishes a word, `position` tells how new the index is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mukana.search.asking.planning import Knowledge
from mukana.search.index import places
from mukana.search.index.reading import NoIndex, Opened, opened
from mukana.search.knowledge import knowledge
from mukana.search.lexicon import default_text
from mukana.search.models import LexiconEdition
from mukana.search.ranking.finding import Finder
from mukana.search.rules import Filters, Hit, Reason, SearchRequest, SearchResult
from mukana.search.suggesting import suggestions

__all__ = [
    "Filters",
    "Hit",
    "NoIndex",
    "Reason",
    "SearchRequest",
    "SearchResult",
    "index_stamp",
    "position",
    "search",
    "suggest",
    "topic_of",
    "understood",
]


def search(request: SearchRequest) -> SearchResult:
    """The answer to a question; empty when no index has been made yet (see `position`).

    Any text will do: an empty one browses, a long one is read to its 2,000th character.
    """
    try:
        return finder().find(request)
    except NoIndex:
        return SearchResult(0, ())


def understood(text: str) -> dict[str, str]:
    """Conditions that the words hold: slot ("weekday") → codes parted by blanks."""
    try:
        return finder().understood(text)
    except NoIndex:
        return {}


def topic_of(text: str) -> str:
    """The code of the topic that the words speak of most, "" when of none."""
    try:
        return finder().topic(text)
    except NoIndex:
        return ""


def finder() -> Finder:
    """The finder of the newest index and lexicon.  Raises NoIndex."""
    return _finder_of(opened(), knowledge())


@lru_cache(maxsize=1)
def _finder_of(state: Opened, held: Knowledge) -> Finder:
    return Finder(state, held)


def suggest(prefix: str, limit: int = 8, languages: Iterable[str] = ("fi", "sv", "en")) -> list[str]:
    """Words and names that begin as typed, the commonest first."""
    try:
        return suggestions(prefix, limit, tuple(languages), opened(), knowledge())
    except NoIndex:
        return []


def position() -> int | None:
    """Place in the directory's change feed up to which the index knows, or None without an index."""
    folder = places.current()
    return None if folder is None else places.read_state(folder).position


def index_stamp() -> tuple[object, ...] | None:
    """Another value whenever the index has taken something in; None without an index."""
    try:
        return opened().stamp
    except NoIndex:
        return None


def lexicon_text() -> str:
    """The lexicon in use as staff edit it: the newest edition, else the shipped files."""
    edition = LexiconEdition.objects.first()
    return edition.text if edition else default_text()
