"""Keyword sets: our themes with their topics, and our target groups."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from mukana.api import resolving
from mukana.api.documents import site
from mukana.api.facts import by_language, keyword_facts
from mukana.api.identifiers import OWN
from mukana.api.queries.pages import Found
from mukana.api.reading import NotFound, Slice
from mukana.directory.models import Term
from mukana.formats import linkedevents_parts as parts
from mukana.formats.linkedevents import dump

ALL_TOPICS, AUDIENCES = f"{OWN}:topic", f"{OWN}:audience"


def keyword_sets(wanted: Slice, include: frozenset[str]) -> Found:
    """Every set."""
    themes = Term.objects.filter(scheme="theme").order_by("order", "code").values_list("code", flat=True)
    ids = [ALL_TOPICS, AUDIENCES, *(f"{ALL_TOPICS}.{code}" for code in themes)]
    return Found(len(ids), [keyword_set(one, include) for one in ids[wanted.offset : wanted.offset + wanted.size]])


def keyword_set(whole_id: str, include: frozenset[str]) -> bytes:
    """One set.  Raises NotFound."""
    terms = resolving.terms_of_set(whole_id)
    if not terms or not whole_id.startswith(f"{OWN}:"):
        raise NotFound("There is no keyword set with this id.")
    rows = Term.objects.filter(pk__in=terms).order_by("order", "code")
    own = site(OWN, settings.BASE_URL)
    document = {
        "id": whole_id,
        "keywords": [_keyword(term, own, whole="keywords" in include) for term in rows],
        "usage": "audience" if whole_id == AUDIENCES else "keyword",
        "name": parts.translated(_name(whole_id)),
        "origin_id": None,
        "organization": OWN,
        "data_source": OWN,
        "created_time": None,
        "last_modified_time": None,
        "image": None,
        "@id": own.url("keyword_set", whole_id),
        "@context": "http://schema.org",
        "@type": "KeywordSet",
    }
    return dump(document)


def _keyword(term: Term, own: parts.Site, *, whole: bool) -> dict[str, Any]:
    facts = keyword_facts(term)
    return parts.keyword(facts, own) if whole else own.link("keyword", facts.id)


def _name(whole_id: str) -> dict[str, str]:
    theme = Term.objects.filter(scheme="theme", code=whole_id.rpartition(".")[2]).first()
    if theme:
        return by_language(theme.texts, "name")
    if whole_id == AUDIENCES:
        return {"fi": "Kohderyhmät", "sv": "Målgrupper", "en": "Target groups"}
    return {"fi": "Aiheet", "sv": "Teman", "en": "Topics"}
