"""What ids mean: records of the hub behind the ids that others know them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from mukana.api.identifiers import SERIES, own_key, rows_meant, words_meant
from mukana.directory.models import Occurrence, Source, SourceRow, Term
from mukana.organisations.models import Organisation

Told = list[tuple[UUID, str]]  # a record and the id of the row that told of it


def terms(ids: Iterable[str]) -> list[int]:
    """The words behind keyword ids."""
    pairs = {pair for whole_id in ids for pair in words_meant(whole_id)}
    rows = Term.objects.filter(code__in={code for _, code in pairs}).values_list("scheme", "code", "id")
    return [pk for scheme, code, pk in rows if (scheme, code) in pairs]


def terms_of_set(whole_id: str) -> list[int]:
    """The words of a keyword set: a theme's topics, or a vocabulary of ours."""
    scheme, _, theme = whole_id.removeprefix("mukana:").partition(".")
    if scheme == "topic":
        return list(Term.objects.filter(scheme="topic", **({"parent": theme} if theme else {})).values_list("pk", flat=True))
    return list(Term.objects.filter(scheme="audience").values_list("pk", flat=True)) if (scheme, theme) == ("audience", "") else []


def organisations(ids: Collection[str]) -> list[UUID]:
    """The organisations behind publisher ids."""
    return [*_own(ids), *dict.fromkeys(one for one, _ in _told(ids, "organisation"))]


def units_of(ids: Collection[str]) -> list[UUID]:
    """The organisations that are parts of these, however deep."""
    above, found = set(organisations(ids)), set[UUID]()
    while above:
        below = set(Organisation.objects.filter(parent__in=above).values_list("pk", flat=True)) - found
        found |= below
        above = below
    return sorted(found)


def places(ids: Collection[str]) -> list[UUID]:
    """The places behind place ids."""
    return [*_own(ids), *dict.fromkeys(place for place, _ in _told(ids, "place"))]


def entries(ids: Collection[str]) -> list[UUID]:
    """The entries behind the ids of series and of dateless events; one of our own may be anything's."""
    return [*_own(ids), *dict.fromkeys(entry for entry, _ in _told(ids, "entry"))]


def occurrences(ids: Collection[str]) -> list[UUID]:
    """The occurrences behind event ids."""
    told = set(_told(ids, "entry"))
    rows = Occurrence.objects.filter(row_id__in={row_id for _, row_id in told}).values_list("pk", "entry_id", "row_id")
    return [*_own(ids), *(pk for pk, entry, row_id in rows if (entry, row_id) in told)]


def _own(ids: Iterable[str]) -> list[UUID]:
    return [key for whole_id in ids if (key := own_key(whole_id)) is not None]


def _told(ids: Iterable[str], field: str) -> Told:
    """Every source is named in the query, because rows are indexed by source and id together."""
    meant: dict[str, set[str]] = defaultdict(set)
    for whole_id in ids:
        for source, row_id in rows_meant(whole_id):
            meant[row_id].add(source)
            if field == "entry":
                meant[SERIES + row_id].add(source)
    sources = list(Source.objects.values_list("key", flat=True))
    rows = SourceRow.objects.filter(source__in=sources, row_id__in=meant, **{f"{field}__isnull": False}).order_by("pk")
    found = rows.values_list(f"{field}_id", "row_id", "source_id")
    return [(record, row_id) for record, row_id, source in found if meant[row_id] & {"", source}]
