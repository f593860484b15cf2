"""Drafts as records: pure copying of fields, no queries."""

from __future__ import annotations

from uuid import UUID

from mukana.directory.actions.terms import Word
from mukana.directory.drafts import Contact, EntryDraft, OrganisationDraft, PlaceDraft
from mukana.directory.models import Entry, Place
from mukana.organisations.models import Organisation
from mukana.organisations.reference import municipality_code


def organisation_of(draft: OrganisationDraft, pk: UUID) -> Organisation:
    """The organisation a draft describes."""
    code = municipality_code(draft.municipality)
    return Organisation(
        id=pk,
        kind=draft.kind,
        texts=draft.texts,
        business_id=draft.business_id,
        municipality_id=code or None,
        municipality_text="" if code else draft.municipality[:100],
        **_contact(draft.contact),
        contact_name=draft.contact.name[:120],
    )


def place_of(draft: PlaceDraft, pk: UUID) -> Place:
    """The place a draft describes."""
    code = municipality_code(draft.municipality)
    return Place(
        id=pk,
        texts=draft.texts,
        municipality_id=code or None,
        municipality_text="" if code else draft.municipality[:100],
        address=draft.address[:200],
        postal_code=draft.postal_code[:5],
        city=draft.city[:100],
        lat=draft.lat,
        lon=draft.lon,
        approximate=draft.approximate,
        **_contact(draft.contact),
        accessibility=draft.accessibility,
        hours=draft.hours,
        temporarily_closed=draft.temporarily_closed,
        lipas_type=draft.lipas_type,
    )


def entry_of(draft: EntryDraft, pk: UUID, *, fictitious: bool) -> Entry:
    """The entry a draft describes; place, organisation and goal are joined by the absorber."""
    code = municipality_code(draft.municipality)
    return Entry(
        id=pk,
        kind=draft.kind,
        status=draft.status,
        form=draft.form,
        municipality_id=code or None,
        municipality_text="" if code else draft.municipality[:100],
        lat=draft.lat,
        lon=draft.lon,
        geometry=draft.geometry,
        texts=draft.texts,
        features=list(draft.features),
        accessibility=draft.accessibility,
        languages=list(draft.languages),
        price_kind=draft.price_kind,
        price_cents=draft.price_cents,
        registration=draft.registration,
        age_min=draft.age_min,
        age_max=draft.age_max,
        **_contact(draft.contact),
        contact_name=draft.contact.name[:120],
        media=draft.media,
        fictitious=fictitious,
    )


def words_of_draft(draft: EntryDraft) -> set[Word]:
    """Every (scheme, code) the draft carries."""
    return {
        *(("topic", code) for code in draft.topics),
        *(("audience", code) for code in draft.audience),
        *(("service_class", code) for code in draft.service_classes),
        *(("keyword", code) for code in draft.keywords),
    }


def _contact(contact: Contact) -> dict[str, str]:
    return {"phone": contact.phone[:60], "email": contact.email[:254], "url": contact.url[:500]}
