"""Organisations as publishers of events: pages of them, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from mukana.api import resolving
from mukana.api.documents import organisation_ids, site
from mukana.api.identifiers import OWN
from mukana.api.queries.pages import Found
from mukana.api.reading import NotFound, Slice
from mukana.directory.models import Entry
from mukana.formats import linkedevents_parts as parts
from mukana.formats.linkedevents import dump
from mukana.organisations.models import Organisation, name_of


def organizations(wanted: Slice) -> Found:
    """Those who arrange something that can be seen."""
    rows = _public().order_by("pk")
    return Found(rows.count(), _documents(list(rows[wanted.offset : wanted.offset + wanted.size])))


def organization(whole_id: str) -> bytes:
    """One publisher.  Raises NotFound."""
    if whole_id == OWN:
        return dump(parts.organisation(parts.Organisation(OWN, "Mukana"), site(OWN, settings.BASE_URL)))
    found = _public().filter(pk__in=resolving.organisations([whole_id])).first()
    if found is None:
        raise NotFound("There is no organization with this id.")
    return _documents([found])[0]


def _public() -> QuerySet[Organisation]:
    arranging = Entry.objects.public().exclude(organisation=None).values("organisation")
    return Organisation.objects.filter(pk__in=arranging, do_not_list=False)


def _documents(found: Sequence[Organisation]) -> list[bytes]:
    children: dict[UUID, list[UUID]] = {}
    below = _public().filter(parent__in=[one.pk for one in found]).order_by("pk")
    for key, parent in below.values_list("pk", "parent_id"):
        if parent is not None:
            children.setdefault(parent, []).append(key)
    keys = (
        {one.pk for one in found} | {one.parent_id for one in found if one.parent_id} | {key for some in children.values() for key in some}
    )
    ids = organisation_ids(keys)
    return [dump(_document(one, ids, children.get(one.pk, []))) for one in found]


def _document(one: Organisation, ids: dict[UUID, str], children: Sequence[UUID]) -> dict[str, object]:
    facts = parts.Organisation(
        id=ids[one.pk],
        name=name_of(one.texts),
        parent=ids[one.parent_id] if one.parent_id else None,
        children=tuple(ids[key] for key in children),
        modified_at=one.updated_at,
    )
    return parts.organisation(facts, site(ids[one.pk].partition(":")[0], settings.BASE_URL))
