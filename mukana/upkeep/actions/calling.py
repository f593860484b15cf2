"""What an organiser said on the phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from mukana.accounts.models import Person
from mukana.directory.models import Entry
from mukana.lib.clock import now
from mukana.upkeep.actions.confirming import confirm
from mukana.upkeep.actions.doubting import doubt
from mukana.upkeep.actions.history import trace
from mukana.upkeep.actions.listing import unlist
from mukana.upkeep.models import Call
from mukana.upkeep.rules.codes import Doer


@dataclass(frozen=True, slots=True)
class Said:
    """`result` is confirmed, changed, no_answer, dead_phone or unlisted; `fields` None means all of them."""

    result: str
    spoke_with: str = ""
    note: str = ""
    fields: tuple[str, ...] | None = None


@transaction.atomic
def note_call(entry: Entry, said: Said, by: Person) -> Call:
    """Write down a call, and do what it asks: confirm, doubt, take out of the listing."""
    call = Call.objects.create(
        entry=entry, at=now(), by=str(by.pk), by_name=by.name, spoke_with=said.spoke_with, result=said.result, note=said.note
    )
    doer = Doer(str(by.pk), said.spoke_with or by.name, "phone")
    trace("entry.called", entry, doer, result=said.result)
    if said.result == "confirmed" or (said.result == "changed" and said.fields):
        confirm(entry, said.fields, doer, how="phone", noted_by=by.name)
    if said.result in ("changed", "dead_phone"):
        doubt(entry, said.result, by=str(by.pk))
    if said.result == "unlisted":
        unlist(entry, doer)
    return call
