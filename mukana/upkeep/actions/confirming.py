"""Confirming critical fields, one by one or all at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mukana.directory.actions import changes
from mukana.directory.freshness import applicable, reviewed_on
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.upkeep.actions.history import remember, trace
from mukana.upkeep.models import Doubt
from mukana.upkeep.rules.codes import Doer


@transaction.atomic
def confirm(entry: Entry, fields: Iterable[str] | None, doer: Doer, *, how: str, noted_by: str = "") -> list[str]:
    """Write down that the fields hold now (None: every one that the entry has); gives the fields.

    `how` is link_sms, link_email, link_shown, phone, login or edit; `noted_by` who wrote down what was said by phone.
    A doubt ends when every critical field has been confirmed after it.
    """
    moment = now()
    kept = Entry.objects.select_for_update().get(pk=entry.pk)
    own = applicable(kept.kind, kept.form)
    chosen = [field for field in own if fields is None or field in set(fields)]
    if not chosen:
        return []
    stamp = {"at": moment.isoformat(timespec="seconds"), "by": doer.name, "how": how, **({"noted_by": noted_by} if noted_by else {})}
    before = dict(kept.confirmed)
    kept.confirmed = {**before, **dict.fromkeys(chosen, stamp)}
    days = confirmed_days(kept)
    kept.reviewed_on = reviewed_on(days, own, kept.reviewed_on)
    _end_doubts(kept, [days.get(field) for field in own], moment)
    kept.save(update_fields=["confirmed", "reviewed_on", "doubted_on"])
    remember(kept, {f"confirmed.{field}": (before.get(field), stamp) for field in chosen}, doer, moment)
    trace("entry.confirmed", kept, doer, fields=chosen, how=how)
    changes.record([kept.pk], "updated", moment)
    entry.refresh_from_db()
    return chosen


def confirmed_days(entry: Entry) -> dict[str, date]:
    """Critical field → the day of its last confirmation."""
    return {field: _day(stamp) for field, stamp in entry.confirmed.items()}


def _day(stamp: dict[str, Any]) -> date:
    return datetime.fromisoformat(stamp["at"]).date()


def _end_doubts(entry: Entry, days: list[date | None], moment: datetime) -> None:
    if entry.doubted_on is not None and all(day is not None and day >= entry.doubted_on for day in days):
        entry.doubted_on = None
        Doubt.objects.filter(entry=entry, ended_at=None).update(ended_at=moment)
