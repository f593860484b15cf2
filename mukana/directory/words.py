"""The names of the hub's terms (topics, audiences, needs) in the reader's language.  Pure."""

from __future__ import annotations

from functools import lru_cache

from mukana.directory.terms import Term, terms


@lru_cache(maxsize=1)
def _by_code() -> dict[tuple[str, str], Term]:
    return {(term.scheme, term.code): term for term in terms()}


def known(scheme: str, code: str) -> bool:
    """Is it a code of ours?"""
    return (scheme, code) in _by_code()


def term_name(scheme: str, code: str, language: str = "fi") -> str:
    """The name of a term: ("topic", "swimming") → "Uinti"; the code itself when it is not ours."""
    term = _by_code().get((scheme, code))
    if term is None:
        return code
    return term.labels.get(language) or term.labels["fi"]
