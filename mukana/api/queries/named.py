"""Places, keywords and languages: pages of them, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from mukana.api import resolving
from mukana.api.counts import exact_word_counts, place_counts
from mukana.api.documents import place_ids, site
from mukana.api.facts import OUTWARD, keyword_facts, place_facts
from mukana.api.identifiers import OWN
from mukana.api.queries.pages import Found, counts
from mukana.api.reading import NotFound
from mukana.api.rules import NamedQuestion
from mukana.directory.models import Entry, EntryTerm, Occurrence, Place, Term
from mukana.formats import linkedevents_parts as parts
from mukana.formats.linkedevents import dump

NONE = (0, False)
_PUBLIC = {"entry__visible": True}


def places(question: NamedQuestion) -> Found:
    """Places, the first made first; those without events only when everything is asked for."""
    rows = Place.objects.select_related("municipality").order_by("pk")
    if question.text:
        rows = rows.filter(_named(question.text) | Q(address__icontains=question.text))
    if not question.everything:
        held = Exists(Occurrence.objects.filter(place=OuterRef("pk"), **_PUBLIC))
        rows = rows.filter(held | Exists(Entry.objects.public().filter(place=OuterRef("pk"), occurrences__isnull=False)))
    found = _slice(rows, question)
    return Found(_count("places", rows, question), _place_documents(found))


def place(whole_id: str) -> bytes:
    """One place.  Raises NotFound."""
    found = Place.objects.select_related("municipality").filter(pk__in=resolving.places([whole_id])).first()
    if found is None:
        raise NotFound("There is no place with this id.")
    return _place_documents([found])[0]


def keywords(question: NamedQuestion) -> Found:
    """Words by vocabulary; those without events only when everything is asked for."""
    rows = Term.objects.filter(scheme__in=OUTWARD).order_by("scheme", "order", "code")
    if question.text:
        rows = rows.filter(_named(question.text) | Q(code__icontains=question.text))
    if not question.everything:
        used = EntryTerm.objects.filter(term=OuterRef("pk"), entry__occurrences__isnull=False, **_PUBLIC)
        rows = rows.filter(Exists(used))
    found = _slice(rows, question)
    return Found(_count("keywords", rows, question), _keyword_documents(found))


def keyword(whole_id: str) -> bytes:
    """One word of a vocabulary.  Raises NotFound."""
    found = Term.objects.filter(pk__in=resolving.terms([whole_id]), scheme__in=OUTWARD).first()
    if found is None:
        raise NotFound("There is no keyword with this id.")
    return _keyword_documents([found])[0]


def languages() -> Found:
    """The languages that texts and services are told in."""
    return Found(len(parts.LANGUAGES), [language(code) for code in parts.LANGUAGES])


def language(code: str) -> bytes:
    """One language.  Raises NotFound."""
    if code not in parts.LANGUAGES:
        raise NotFound("There is no language with this id.")
    return dump(parts.language(code, site(OWN, settings.BASE_URL)))


def _named(words: str) -> Q:
    """Its name in some language holds the words."""
    return Q(texts__fi__name__icontains=words) | Q(texts__sv__name__icontains=words) | Q(texts__en__name__icontains=words)


def _slice(rows: QuerySet, question: NamedQuestion) -> list:  # type: ignore[type-arg]  # places or words
    start = question.slice.offset
    return list(rows[start : start + question.slice.size])


def _count(name: str, rows: QuerySet, question: NamedQuestion) -> int:  # type: ignore[type-arg]  # places or words
    return counts.of((name, question.text, question.everything), rows.count)


def _place_documents(found: Sequence[Place]) -> list[bytes]:
    keys: list[UUID] = [one.pk for one in found]
    ids, held = place_ids(keys), place_counts(keys)
    return [
        dump(parts.place(place_facts(one, ids[one.pk], held.get(one.pk.hex, NONE)), site(ids[one.pk].partition(":")[0], settings.BASE_URL)))
        for one in found
    ]


def _keyword_documents(found: Sequence[Term]) -> list[bytes]:
    held = exact_word_counts([one.pk for one in found])
    return [dump(parts.keyword(keyword_facts(one, held.get(one.pk, NONE)), site(OWN, settings.BASE_URL))) for one in found]
