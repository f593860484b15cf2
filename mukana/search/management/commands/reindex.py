"""`mukana reindex`: make the whole index anew."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from mukana.search.actions import rebuild


class Command(BaseCommand):
    help = "Rakenna hakuhakemisto uudelleen. Vanha vastaa, kunnes uusi on valmis."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        count = rebuild()
        self.stdout.write(f"Hakemistossa on {count} kohdetta ({time.monotonic() - started:.1f} s).")
