"""`mukana rotate-keys`: seal personal fields anew with the first key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mukana.audit.actions import record
from mukana.lib.sealed import reseal


class Command(BaseCommand):
    help = (
        "Salaa henkilötiedot uudelleen ensimmäisellä avaimella; senkin jälkeen vanhoilla avaimilla lukeminen jatkuu, kunnes ne poistetaan."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = reseal()
        record("keys.rotated", "audit.Keys:field", by="system", count=count)
        self.stdout.write(f"Salattiin uudelleen {count} riviä.")
