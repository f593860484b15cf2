"""Writing who exists."""

from __future__ import annotations

from dataclasses import asdict

from mukana.organisations.models import Municipality
from mukana.organisations.reference import municipalities


def load_municipalities() -> int:
    """Bring the shipped table into the database; the same again changes nothing.  Gives the count."""
    rows = [Municipality(**asdict(facts)) for facts in municipalities().values()]
    fields = [field.name for field in Municipality._meta.fields if field.name != "code"]
    Municipality.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    return len(rows)
