"""`mukana duplicates`: look for entries that may be one thing."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from mukana.duplicates.actions import suggest
from mukana.duplicates.queries import waiting
from mukana.lib.clock import now


class Command(BaseCommand):
    help = "Etsi kohteita, jotka voivat olla sama asia. Mitään ei yhdistetä itsestään."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        new = suggest(now())
        self.stdout.write(f"Uusia pareja {new}, odottaa päätöstä {waiting().count()} ({time.monotonic() - begun:.1f} s).")
