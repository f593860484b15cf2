"""Units and their links."""

from __future__ import annotations

from secrets import choice

from django.db import IntegrityError, transaction

from mukana.audit.actions import record
from mukana.guidance.models import Unit
from mukana.organisations.models import Municipality

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike on paper
KEY_LENGTH = 10


class NameTaken(Exception):
    """Another unit has the name."""


def make_unit(name: str, municipality: Municipality | None, *, by: str) -> Unit:
    """A unit with a new link.  Raises NameTaken."""
    try:
        with transaction.atomic():
            unit = Unit.objects.create(key=_new_key(), name=name, municipality=municipality)
            record("guidance.unit_made", f"guidance.Unit:{unit.pk}", by=by)
            return unit
    except IntegrityError as problem:
        raise NameTaken(name) from problem


@transaction.atomic
def renew_link(unit: Unit, *, by: str) -> Unit:
    """The old link opens nothing any more."""
    unit.key = _new_key()
    unit.save(update_fields=["key"])
    record("guidance.link_renewed", f"guidance.Unit:{unit.pk}", by=by)
    return unit


@transaction.atomic
def switch_unit(unit: Unit, active: bool, *, by: str) -> Unit:
    """Whether its link opens."""
    unit.active = active
    unit.save(update_fields=["active"])
    record("guidance.unit_opened" if active else "guidance.unit_closed", f"guidance.Unit:{unit.pk}", by=by)
    return unit


def _new_key() -> str:
    return "".join(choice(_SIGNS) for _ in range(KEY_LENGTH))
