"""The terms that entries carry, each told once: entries about the same activity carry the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from mukana.directory.models import EntryTerm, Term
from mukana.directory.words import term_name
from mukana.lib.rawrows import Joined, document_of, raw_rows


class Words(NamedTuple):
    """What the terms of an entry say."""

    labels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A term as an entry carries it, in the order in which its terms are told."""

    order: int
    scheme: str
    code: str
    label: str


NOTHING = Words()


class Carried:
    """Remembers terms, and what they say together, for one build."""

    def __init__(self) -> None:
        self._terms: dict[int, _Word] = {}
        self._words: dict[str, Words] = {}

    def words_of(self, batch: dict[str, Any]) -> dict[Any, Words]:
        """Entry as the database writes it → its words; `batch` is lookup of EntryTerm → value."""
        rows = EntryTerm.objects.filter(**batch).order_by().values("entry_id").annotate(terms=Joined("term_id"))
        carried = list(raw_rows(rows.values_list("entry_id", "terms")))
        new = {terms for _, terms in carried} - self._words.keys()
        ids = {terms: [int(term) for term in terms.split(",")] for terms in new}
        self._know({term for terms in ids.values() for term in terms})
        for terms, numbers in ids.items():
            words = sorted([self._terms[term] for term in numbers])
            self._words[terms] = Words(tuple([word.label for word in words]), _codes(words, "topic"), _codes(words, "audience"))
        return {entry: self._words[terms] for entry, terms in carried}

    def _know(self, terms: set[int]) -> None:
        missing = terms - self._terms.keys()
        if missing:
            columns = ("id", "order", "scheme", "code", "texts")
            for term, order, scheme, code, texts in raw_rows(Term.objects.filter(pk__in=missing).order_by().values_list(*columns)):
                self._terms[term] = _Word(order, scheme, code, _label(scheme, code, document_of(texts)))


def _label(scheme: str, code: str, texts: dict[str, Any]) -> str:
    name = str((texts.get("fi") or {}).get("name") or "")
    return name or (term_name(scheme, code) if scheme != "keyword" else code)


def _codes(words: Sequence[_Word], scheme: str) -> tuple[str, ...]:
    return tuple([word.code for word in words if word.scheme == scheme])
