"""A new entry written by its organiser."""

from __future__ import annotations

from django.db import transaction

from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.upkeep.actions.history import remember, trace
from mukana.upkeep.rules.codes import Doer


@transaction.atomic
def make_entry(organisation: Organisation, *, kind: str, name: str, doer: Doer) -> Entry:
    """A draft that only its keeper sees, with what the organisation's record tells already."""
    entry = Entry.objects.create(
        kind=kind,
        status="draft",
        form="on_site" if kind in ("group", "event") else "",
        organisation=organisation,
        municipality=organisation.municipality,
        texts={"fi": {"name": name}},
        contact_name=organisation.contact_name,
        phone=organisation.phone,
        email=organisation.email,
        url=organisation.url,
    )
    remember(entry, {"texts.fi.name": ("", name), "status": (None, "draft")}, doer, now())
    trace("entry.edited", entry, doer, facts=["texts.fi.name"], made=True)
    return entry
