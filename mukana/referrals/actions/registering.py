"""Keeping the register of companions: who they are, when they can, what they must not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from mukana.audit.actions import record
from mukana.organisations.models import Municipality
from mukana.referrals.models import Companion, CompanionSlot
from mukana.referrals.rules.codes import Refused
from mukana.referrals.rules.matching import Slot
from mukana.referrals.rules.support import SUPPORT

FIELDS = (
    "kind", "organisation", "home", "title", "name", "phone", "languages", "gender", "skills", "interests", "vetted_on", "pledged_on",
    "conflicts", "most", "active", "conditions", "price_cents", "wait_days",
)  # fmt: skip


@transaction.atomic
def keep(
    companion: Companion | None,
    facts: Mapping[str, Any],
    *,
    areas: Iterable[Municipality],
    own: Iterable[Municipality],
    slots: Iterable[Slot],
    by: str,
) -> Companion:
    """Add or change one.  `own` are the keeper's areas: those of others stay as they are."""
    kept = companion or Companion()
    for name in FIELDS:
        if name in facts:
            setattr(kept, name, facts[name])
    kept.save()
    elsewhere = kept.areas.exclude(pk__in=[area.pk for area in own])
    kept.areas.set([*elsewhere, *areas])
    kept.slots.all().delete()
    CompanionSlot.objects.bulk_create(CompanionSlot(companion=kept, day=one.day, start=one.start, end=one.end) for one in slots)
    record("companion.kept", f"referrals.Companion:{kept.pk}", by=by, new=companion is None, active=kept.active)
    return kept


@transaction.atomic
def forget(companion: Companion, *, by: str) -> Companion:
    """Somebody leaves the register: name, number and notes go, counts stay.  Raises Refused while they have a task."""
    if companion.supports.filter(state__in=sorted(SUPPORT.open)).exists():
        raise Refused("has_tasks")
    companion.name, companion.phone, companion.conflicts, companion.active = "", "", [], False
    companion.account = None
    companion.save(update_fields=["name", "phone", "phone_tag", "conflicts", "active", "account"])
    record("companion.forgotten", f"referrals.Companion:{companion.pk}", by=by)
    return companion
