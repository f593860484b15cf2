"""Kept questions and entries: which of some changed entries answer a question, and which entries answer it now.

Looser answers, which the results page shows last, do not count here: everything that was asked must be answered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import tantivy

from mukana.directory.queries.here import point_of
from mukana.organisations.reference import municipalities
from mukana.search.analysis.ready import ReadyAnalyser
from mukana.search.asked import Asked
from mukana.search.documents import documents
from mukana.search.index.building import DocumentMaker
from mukana.search.index.schema import register, schema
from mukana.search.index.terms import ANYWHERE, TermMaker
from mukana.search.knowledge import knowledge
from mukana.search.pages import words_of
from mukana.search.queries import finder
from mukana.search.ranking.filtering import everything, limits_of, within
from mukana.search.ranking.finding import Finder
from mukana.search.ranking.nearness import distances
from mukana.search.rules import SearchRequest

_HEAP = 15_000_000
MOST = 100_000  # answers of one question
Must, Should = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and the municipality (its code, "" for none) that distances are counted from."""

    asked: Asked
    place: str = ""


def changed(ids: Collection[UUID], moment: datetime) -> Matcher:
    """A matcher over the published ones among `ids` as they are now.  Raises NoIndex."""
    index = register(tantivy.Index(schema()))
    writer = index.writer(_HEAP, 1)
    maker = DocumentMaker(TermMaker(ReadyAnalyser().analyse, knowledge().tables))
    for document in documents(ids, moment):
        writer.add_document(maker.make(document))
    writer.commit()
    index.reload()
    return Matcher(index.searcher(), finder(), moment)


def standing(moment: datetime) -> Matcher:
    """A matcher over everything in the index, also what is past.  Raises NoIndex."""
    held = finder()
    return Matcher(held.searcher, held, moment, past=True)


class Matcher:
    """Answers any number of questions about the same entries.

    The searcher holds the entries; the finder, which knows the whole index, tells what words stand for.
    """

    def __init__(self, searcher: tantivy.Searcher, held: Finder, moment: datetime, *, past: bool = False) -> None:
        self._searcher = searcher
        self._finder = held
        self._moment = moment
        self._past = past

    def answers(self, question: Question, most: int = MOST) -> list[str]:
        """Ids of entries that answer the question, at most so many."""
        if not self._searcher.num_docs:
            return []
        if not self._run(question, question.asked, None, most=1):  # conditions alone are quick; words are read only for few
            return []
        words = words_of(question.asked)
        if not words:
            return self._run(question, question.asked, None, most)
        query = self._finder.whole(words)
        if query is None:
            return []
        understood = self._finder.understood(words)
        limited = question.asked.as_read(understood) if question.asked.text else question.asked
        return self._run(question, limited, self._in_town(query, question.asked, understood.get("municipality", "")), most)

    def _run(self, question: Question, asked: Asked, query: tantivy.Query | None, most: int) -> list[str]:
        origin = point_of(municipalities().get(question.place))
        request = SearchRequest(text="", now=self._moment, filters=asked.filters(origin), include_past=self._past)
        limits = limits_of(request, schema())
        wanted = MOST if request.filters.within_km is not None else most
        found = self._searcher.search(within(query or everything(), limits.queries), wanted, count=False)
        addresses = [address for _, address in found.hits]
        if origin is not None and request.filters.within_km is not None and addresses:
            far = distances(self._searcher, addresses, origin)
            addresses = [one for one, km in zip(addresses, far, strict=True) if km is not None and km <= request.filters.within_km]
        return [str(self._searcher.doc(address).get_first("id")) for address in addresses[:most]]

    def _in_town(self, query: tantivy.Query, asked: Asked, code: str) -> tantivy.Query:
        """A town named in the words limits, unless it was given up; what serves everybody is everywhere."""
        if not code or asked.municipalities or "municipality" in asked.ignored:
            return query
        there = tantivy.Query.term_query(schema(), "municipality", code, index_option="basic")
        anywhere = tantivy.Query.term_query(schema(), "place", ANYWHERE, index_option="freq")
        either = tantivy.Query.boolean_query([(Should, there), (Should, anywhere)])
        return tantivy.Query.boolean_query([(Must, query), (Must, either)])


def narrowed(question: Question, **changes: object) -> Question:
    """The same question with conditions changed."""
    return replace(question, asked=question.asked.but(**changes))
