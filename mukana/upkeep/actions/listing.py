""" "Do not list us": the record stays, nobody sees it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mukana.audit.actions import record
from mukana.directory.actions import changes
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.organisations.models import Organisation
from mukana.upkeep.actions.history import remember, trace
from mukana.upkeep.models import Edit
from mukana.upkeep.rules.codes import Doer

BY_ORGANISATION = "organisation"


@transaction.atomic
def unlist(entry: Entry, doer: Doer) -> None:
    """The entry's keeper does not want it seen."""
    _set(entry, True, True, doer, now())


@transaction.atomic
def relist(entry: Entry, doer: Doer) -> None:
    """It may be seen again."""
    _set(entry, False, False, doer, now())


@transaction.atomic
def unlist_organisation(organisation: Organisation, doer: Doer) -> int:
    """The organisation does not want to be seen: nor are its entries, now or from later imports.  Gives their count."""
    _flag(organisation, True, doer)
    entries = list(organisation.entries.filter(do_not_list=False))
    for entry in entries:
        _set(entry, True, BY_ORGANISATION, doer, now())
    return len(entries)


@transaction.atomic
def relist_organisation(organisation: Organisation, doer: Doer) -> int:
    """It may be seen again, and those of its entries that were hidden with it."""
    _flag(organisation, False, doer)
    entries = [entry for entry in organisation.entries.filter(do_not_list=True) if not _decided_alone(entry)]
    for entry in entries:
        _set(entry, False, False, doer, now())
    return len(entries)


def _flag(organisation: Organisation, value: bool, doer: Doer) -> None:
    organisation.do_not_list = value
    organisation.save(update_fields=["do_not_list"])
    verb = "entry.unlisted" if value else "entry.listed"
    record(verb, f"organisations.Organisation:{organisation.pk}", by=doer.key, door=doer.door)


def _set(entry: Entry, value: bool, why: bool | str, doer: Doer, moment: datetime) -> None:
    if entry.do_not_list == value:
        return
    seen = entry.visible
    entry.do_not_list = value
    entry.save(update_fields=["do_not_list"])
    entry.refresh_from_db(fields=["visible"])
    remember(entry, {"do_not_list": (not value, why)}, doer, moment)
    trace("entry.unlisted" if value else "entry.listed", entry, doer)
    if entry.visible != seen:
        changes.record([entry.pk], "removed" if seen else "created", moment)


def _decided_alone(entry: Entry) -> bool:
    """Was it hidden for its own sake, not with its organisation?"""
    last = Edit.objects.filter(entry=entry, key="do_not_list").first()
    return last is not None and last.after != BY_ORGANISATION
