"""Lists and single things of HSDS as JSON: what a view is asked becomes bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from mukana.api.hsds.asking import NamedQuestion, Question
from mukana.api.hsds.documents import KINDS, Document, documents
from mukana.api.hsds.facts import organization_facts
from mukana.api.hsds.listing import matching, public_services
from mukana.api.hsds.places import site_id
from mukana.api.hsds.telling import Telling
from mukana.api.hsds.vocabulary import TAXONOMIES, schemes_of, taxonomy_facts, taxonomy_of, term_facts, words
from mukana.api.moments import moments_of
from mukana.api.reading import Gone, Moved, NotFound, Slice
from mukana.directory.models import Entry, Term
from mukana.formats import hsds_parts as parts
from mukana.formats.times import utc_ms
from mukana.lib.clock import now
from mukana.lib.rawrows import key_of, raw_rows
from mukana.look.rules import page_language
from mukana.organisations.models import Organisation

AT_A_TIME = 200  # documents of a stream
PAST = "This page is past the end of the list."
Item = TypeVar("Item")
Body = bytes | Iterator[bytes]


def services(question: Question, telling: Telling) -> Body:
    """Services that meet the conditions: a page, everything as lines, or (minimal) the ids of all."""
    keys = matching(question.conditions, now(), telling.today)
    if question.minimal:
        everything = Slice(1, max(len(keys), 1))
        return _listed(keys, everything, question.ndjson, lambda some: _minimal(some, telling))
    return _listed(keys, question.slice, question.ndjson, lambda some: [_body(one, question.full) for one in documents(some, telling)])


def sites(question: Question, telling: Telling) -> Body:
    """Services at their places."""
    keys = matching(question.conditions, now(), telling.today)
    return _listed(keys, question.slice, question.ndjson, lambda some: [one.site for one in documents(some, telling) if one.site])


def service(key: UUID, telling: Telling) -> bytes:
    """One service whole.  Raises Moved, Gone or NotFound."""
    return _one(key, telling, "services").full


def site(key: UUID, telling: Telling) -> bytes:
    """One service at its place.  Raises Moved, Gone or NotFound."""
    found = _one(site_id(key), telling, "service_at_locations").site
    if not found:
        raise NotFound("This service has no place.")
    return found


def organizations(question: NamedQuestion, telling: Telling) -> Body:
    """Those who arrange a service that can be seen."""
    rows = _organizations()
    if question.search:
        rows = rows.filter(_named(question.search))
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return _listed(keys, question.slice, question.ndjson, lambda some: _organization_bodies(some, question, telling))


def organization(key: UUID, question: NamedQuestion, telling: Telling) -> bytes:
    """One organisation whole, with its services.  Raises NotFound."""
    if not _organizations().filter(pk=key).exists():
        raise NotFound("There is no organization with this id.")
    found = Organisation.objects.get(pk=key)
    keys = [key_of(pk) for (pk,) in raw_rows(public_services().filter(organisation=key).order_by("pk").values_list("pk"))]
    bodies = [_body(one, question.full_service) for one in documents(keys, telling)]
    with translation.override(page_language(telling.language)):
        told = parts.dump(parts.organization_full(organization_facts(found, telling)))
    return told[:-1] + b',"services":[' + b",".join(bodies) + b"]}"


def taxonomies(question: NamedQuestion, telling: Telling) -> Body:
    """The vocabularies."""
    with translation.override(page_language(telling.language)):
        found = [taxonomy_facts(name) for name in TAXONOMIES]
    wanted = question.search.casefold()
    chosen = [one for one in found if wanted in f"{one.name} {one.description}".casefold()]
    return _listed(chosen, question.slice, question.ndjson, lambda some: [parts.dump(parts.taxonomy(one)) for one in some])


def taxonomy(key: UUID, telling: Telling) -> bytes:
    """One vocabulary.  Raises NotFound."""
    name = taxonomy_of(key)
    if not name:
        raise NotFound("There is no taxonomy with this id.")
    with translation.override(page_language(telling.language)):
        return parts.dump(parts.taxonomy(taxonomy_facts(name)))


def terms(question: NamedQuestion, telling: Telling) -> Body:
    """Words of the vocabularies."""
    chosen = words()
    for schemes in schemes_of(question.taxonomies):
        chosen = {key: word for key, word in chosen.items() if word.scheme in schemes}
    for parent in question.parents:
        chosen = {key: word for key, word in chosen.items() if word.parent == parent}
    if question.top_only:
        chosen = {key: word for key, word in chosen.items() if word.parent is None}
    if question.search:
        named = set(Term.objects.filter(_named(question.search) | Q(code__icontains=question.search)).values_list("pk", flat=True))
        chosen = {key: word for key, word in chosen.items() if word.pk in named}
    ordered = [word.pk for _, word in sorted(chosen.items())]
    return _listed(ordered, question.slice, question.ndjson, lambda some: _term_bodies(some, telling))


def term(key: UUID, telling: Telling) -> bytes:
    """One word.  Raises NotFound."""
    word = words().get(key)
    if word is None:
        raise NotFound("There is no taxonomy term with this id.")
    return _term_bodies([word.pk], telling)[0]


def _listed(keys: Sequence[Item], wanted: Slice, ndjson: bool, bodies: Callable[[Sequence[Item]], list[bytes]]) -> Body:
    """The page asked for, or everything as lines.  Raises NotFound past the last page."""
    if ndjson:
        return (body + b"\n" for at in range(0, len(keys), AT_A_TIME) for body in bodies(keys[at : at + AT_A_TIME]))
    if wanted.page > 1 and wanted.offset >= len(keys):
        raise NotFound(PAST)
    return parts.envelope(bodies(keys[wanted.offset : wanted.offset + wanted.size]), len(keys), wanted.page, wanted.size)


def _body(document: Document, full: bool) -> bytes:
    return document.full if full else document.listed


def _one(key: UUID, telling: Telling, kind: str) -> Document:
    found = Entry.objects.filter(pk=key, kind__in=KINDS).values_list("status", "visible", "merged_into").first()
    if found is None or found[0] == "draft":
        raise NotFound("There is no service with this id.")
    status, visible, kept = found
    if kept is not None:
        whole = kept if kind == "services" else site_id(kept)
        raise Moved(f"{settings.BASE_URL}/hsds/{kind}/{whole}")
    if status == "withdrawn" or not visible:
        raise Gone("The service has been withdrawn.")
    return documents([key.hex], telling)[0]


def _minimal(keys: Sequence[str], telling: Telling) -> list[bytes]:
    """Ids and the moments of the last change, with what every service must have."""
    rows = {
        key_of(row["pk"].hex): row
        for at in range(0, len(keys), AT_A_TIME)
        for row in Entry.objects.filter(pk__in=[UUID(key) for key in keys[at : at + AT_A_TIME]]).values(
            "pk", "texts", "updated_at", "place__temporarily_closed"
        )
    }
    moments: dict[str, object] = {}
    for at in range(0, len(keys), AT_A_TIME):
        some = keys[at : at + AT_A_TIME]
        moments |= moments_of(some, {key: rows[key]["updated_at"] for key in some if key in rows})
    return [parts.dump(_ids(rows[key], utc_ms(moments[key]), telling)) for key in keys if key in rows]  # type: ignore[arg-type]  # moments


def _ids(row: dict[str, object], moment: str, telling: Telling) -> parts.Document:
    return {
        "id": str(row["pk"]),
        "name": telling.text(row["texts"], "name") or str(row["pk"]),  # type: ignore[arg-type]  # a JSON object
        "status": "temporarily closed" if row["place__temporarily_closed"] else "active",
        "last_modified": moment,
    }


def _organizations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=public_services().exclude(organisation=None).values("organisation"), do_not_list=False)


def _organization_bodies(keys: Sequence[UUID], question: NamedQuestion, telling: Telling) -> list[bytes]:
    found = Organisation.objects.in_bulk(keys)
    build = parts.organization_full if question.full or question.full_service else parts.organization
    if question.full_service:
        return [organization(key, question, telling) for key in keys]
    with translation.override(page_language(telling.language)):
        return [parts.dump(build(organization_facts(found[key], telling))) for key in keys if key in found]


def _term_bodies(keys: Sequence[int], telling: Telling) -> list[bytes]:
    found = Term.objects.in_bulk(keys)
    with translation.override(page_language(telling.language)):
        facts = term_facts([found[key] for key in keys if key in found], telling)
    return [parts.dump(parts.term(one, detailed=True)) for _, one in facts]


def _named(asked: str) -> Q:
    """Its name in some language holds the words."""
    return Q(texts__fi__name__icontains=asked) | Q(texts__sv__name__icontains=asked) | Q(texts__en__name__icontains=asked)
