"""Changing what an entry tells; the history keeps what stood before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mukana.directory.actions import changes
from mukana.directory.actions import editing as hub
from mukana.directory.models import Entry
from mukana.directory.own import APART, COLUMNS
from mukana.lib.clock import now
from mukana.upkeep.actions.confirming import confirm
from mukana.upkeep.actions.history import remember, trace
from mukana.upkeep.models import Edit
from mukana.upkeep.rules.codes import Doer
from mukana.upkeep.rules.facts import critical_of

NOT_BY_KEEPERS = frozenset({"organisation_id"})  # moving is a deed of its own


class CannotTakeBack(Exception):
    """What happened is not a fact that has an earlier value."""


@transaction.atomic
def edit(entry: Entry, values: Mapping[str, Any], doer: Doer, *, telling: bool = True) -> hub.Changed:
    """Write the facts that differ; gives them with what stood before.

    `telling`: it is the keeper who tells, so the critical fields that changed are confirmed by it.
    """
    changed = hub.edit(entry, values)
    if not changed:
        return {}
    remember(entry, changed, doer, now())
    trace("entry.edited", entry, doer, facts=sorted(changed))
    told = {field for key in changed for field in critical_of(key)}
    if telling and told:
        confirm(entry, told, doer, how="edit")
    return changed


@transaction.atomic
def take_back(made: Edit, doer: Doer) -> hub.Changed:
    """Put the earlier value back, which is an edit too.  Raises CannotTakeBack."""
    if not can_take_back(made.key):
        raise CannotTakeBack(made.key)
    return edit(made.entry, {made.key: made.before}, doer)


def can_take_back(key: str) -> bool:
    """Is this a fact whose earlier value can stand again?"""
    return key not in NOT_BY_KEEPERS and (key.startswith("texts.") or key in COLUMNS or key in APART)


@transaction.atomic
def follow_source(entry: Entry, key: str, doer: Doer) -> hub.Changed:
    """Give up one's own word: the source's word stands again, and later ones are followed."""
    word = entry.own.get(key)
    if word is None:
        return {}
    changed = hub.edit(entry, {key: word["source"]}, to_source=True)
    if key == "schedules":
        hub.read_again(entry)  # dates that the source gave one by one come back with its next reading
    remember(entry, changed, doer, now())
    trace("entry.edited", entry, doer, facts=[key], to_source=True)
    return changed


@transaction.atomic
def publish(entry: Entry, doer: Doer) -> bool:
    """Show a draft to everybody; its writer has just told all of it.  Gives whether it was one."""
    kept = Entry.objects.select_for_update().get(pk=entry.pk)
    if kept.status != "draft":
        return False
    kept.status = "published"
    kept.save(update_fields=["status"])
    moment = now()
    remember(kept, {"status": ("draft", "published")}, doer, moment)
    trace("entry.edited", kept, doer, facts=["status"])
    changes.record([kept.pk], "created", moment)
    confirm(kept, None, doer, how="edit")
    entry.refresh_from_db()
    return True
