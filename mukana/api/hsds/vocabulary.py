"""Vocabularies of the hub as HSDS taxonomies, and what their ids mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from mukana.api.hsds.telling import Telling
from mukana.directory.models import Term
from mukana.formats.hsds_parts import Taxonomy
from mukana.formats.hsds_parts import Term as TermFacts
from mukana.lib.ids import stable_id
from mukana.lib.urls import safe_url

# taxonomy → the schemes of the hub that it holds
TAXONOMIES = {
    "topic": ("theme", "topic"),
    "audience": ("audience",),
    "feature": ("feature",),
    "service_class": ("service_class",),
    "keyword": ("keyword",),
}
TOLD = tuple(scheme for schemes in TAXONOMIES.values() for scheme in schemes)
PARENT_SCHEMES = {"topic": "theme", "service_class": "service_class"}
_OF_SCHEME = {scheme: taxonomy for taxonomy, schemes in TAXONOMIES.items() for scheme in schemes}
_URIS = {"service_class": "http://uri.suomi.fi/codelist/ptv/ptvserclass2"}


class Word(NamedTuple):
    """A term as lists choose it."""

    pk: int
    scheme: str
    parent: UUID | None


@dataclass(slots=True)
class _Known:
    stamp: tuple[int, int] = (-1, -1)
    words: dict[UUID, Word] | None = None


_known = _Known()


def taxonomy_id(taxonomy: str) -> UUID:
    """The id of a taxonomy, the same at every site."""
    return stable_id("taxonomy", taxonomy)


def term_id(scheme: str, code: str) -> UUID:
    """The id of a term, the same at every site that has it."""
    return stable_id("term", scheme, code)


def taxonomy_of(key: UUID) -> str:
    """The taxonomy behind an id, "" for none."""
    return next((taxonomy for taxonomy in TAXONOMIES if taxonomy_id(taxonomy) == key), "")


def taxonomy_facts(taxonomy: str) -> Taxonomy:
    """A vocabulary in the active language."""
    names = {
        "topic": (_("Aiheet"), _("Mitä tehdään: teemat ja niiden aiheet.")),
        "audience": (_("Kohderyhmät"), _("Kenelle toiminta on.")),
        "feature": (_("Osallistumisen helpottajat"), _("Mikä helpottaa mukaan tulemista.")),
        "service_class": (_("Palveluluokat"), _("Palvelutietovarannon palveluluokat.")),
        "keyword": (_("Asiasanat"), _("Lähteiden omat asiasanat.")),
    }
    name, description = names[taxonomy]
    return Taxonomy(str(taxonomy_id(taxonomy)), name, description, _URIS.get(taxonomy, ""))


def term_facts(terms: Sequence[Term], telling: Telling) -> tuple[tuple[str, TermFacts], ...]:
    """(what it tells, the term) of each, in the active language."""
    vocabularies = {taxonomy: taxonomy_facts(taxonomy) for taxonomy in {_OF_SCHEME[term.scheme] for term in terms}}
    return tuple((_OF_SCHEME[term.scheme], _facts(term, vocabularies[_OF_SCHEME[term.scheme]], telling)) for term in terms)


def words() -> dict[UUID, Word]:
    """Every told term by its id; read anew when terms have come or gone."""
    counted = Term.objects.filter(scheme__in=TOLD).aggregate(count=Count("pk"), newest=Max("pk"))
    stamp = (counted["count"], counted["newest"] or 0)
    if _known.words is None or _known.stamp != stamp:
        rows = Term.objects.filter(scheme__in=TOLD).values_list("pk", "scheme", "code", "parent")
        _known.words = {term_id(scheme, code): Word(pk, scheme, _parent(scheme, parent)) for pk, scheme, code, parent in rows}
        _known.stamp = stamp
    return _known.words


def schemes_of(taxonomies: Iterable[UUID]) -> list[tuple[str, ...]]:
    """The schemes of each taxonomy; an id that is none gives no scheme."""
    return [TAXONOMIES.get(taxonomy_of(key), ()) for key in taxonomies]


def _parent(scheme: str, parent: str) -> UUID | None:
    return term_id(PARENT_SCHEMES[scheme], parent) if parent and scheme in PARENT_SCHEMES else None


def _facts(term: Term, taxonomy: Taxonomy, telling: Telling) -> TermFacts:
    return TermFacts(
        id=str(term_id(term.scheme, term.code)),
        code=term.code,
        name=telling.text(term.texts, "name") or term.code,
        taxonomy=taxonomy,
        parent_id=str(_parent(term.scheme, term.parent) or ""),
        uri=next((uri for uri in term.uris if uri.isascii() and safe_url(uri) == uri), ""),
        language=telling.language,
    )
