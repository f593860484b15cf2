"""A search engine over a few documents, for tests: no database, its own index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from mukana.lib.locks import named_lock
from mukana.lib.moments import ZONE
from mukana.search.analysis.analyser import analyse
from mukana.search.asking.planning import Knowledge
from mukana.search.concepts.compiling import compile_lexicon
from mukana.search.index import places, writing
from mukana.search.index.building import DocumentMaker
from mukana.search.index.document import SearchDocument
from mukana.search.index.reading import Reader
from mukana.search.index.terms import TermMaker
from mukana.search.lexicon import Lexicon, load, parse
from mukana.search.ranking.finding import Finder
from mukana.search.rules import SearchRequest, SearchResult

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)  # a Sunday


def lexicon(text: str) -> Lexicon:
    """A small lexicon of a text that must parse."""
    parsed = parse(text)
    assert isinstance(parsed, Lexicon), parsed
    return parsed


def knowledge(words: Lexicon | None = None) -> Knowledge:
    """The shipped lexicon, compiled once for all tests, or a small one."""
    return compiled(words) if words else shipped()


def compiled(words: Lexicon) -> Knowledge:
    return Knowledge(words, compile_lexicon(words, analyse), "test")


@cache
def shipped() -> Knowledge:
    return compiled(load())


def engine(documents: Iterable[SearchDocument], held: Knowledge | None = None) -> Finder:
    """A finder over the documents; the test must own INDEX_ROOT (fixture `fresh_index`)."""
    used = held or knowledge()
    with named_lock("search-index", places.root()):
        writing.build(documents, DocumentMaker(TermMaker(analyse, used.tables)), places.State(0, used.version))
    return Finder(Reader().opened(), used)


def document(entry_id: str, title: str, summary: str = "", body: str = "", **facts: Any) -> SearchDocument:
    """A Finnish document."""
    texts = {name: {"fi": text} for name, text in (("summary", summary), ("body", body)) if text}
    return SearchDocument(entry_id, facts.pop("kind", "group"), {"fi": title}, **texts, **facts)


def ask(finder: Finder, text: str, **request: Any) -> SearchResult:
    """The answer at NOW."""
    return finder.find(SearchRequest(text, NOW, **request))


def found(finder: Finder, text: str, **request: Any) -> list[str]:
    """Ids of the answer in order."""
    return [hit.entry_id for hit in ask(finder, text, **request).hits]
