"""Keeping practice agreements."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from mukana.audit.actions import record
from mukana.guidance.models import Acceptance, Agreement
from mukana.lib.clock import today


class VersionTaken(Exception):
    """The agreement has this version already."""


@transaction.atomic
def agree(facts: dict[str, Any], *, by: str) -> Agreement:
    """A version; earlier ones of the same title are in force no longer.  Raises VersionTaken."""
    Agreement.objects.filter(title=facts["title"]).update(in_force=False)
    try:
        with transaction.atomic():
            made = Agreement.objects.create(**facts)
    except IntegrityError as problem:
        raise VersionTaken(facts["version"]) from problem
    record("guidance.agreed", f"guidance.Agreement:{made.pk}", by=by)
    return made


@transaction.atomic
def accept(agreement: Agreement, organisation: str, contact: str, *, by: str) -> Acceptance:
    """An organisation stands behind it from today; a second time only its contact changes."""
    first, again = {"contact": contact, "accepted_on": today()}, {"contact": contact}
    row, _ = Acceptance.objects.update_or_create(agreement=agreement, organisation=organisation, defaults=again, create_defaults=first)
    record("guidance.accepted", f"guidance.Agreement:{agreement.pk}", by=by)
    return row
