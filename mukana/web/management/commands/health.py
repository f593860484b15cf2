"""`mukana health`: exit code 0 when the site can serve."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from mukana.web.health import problems


class Command(BaseCommand):
    help = "Kerro, onko kaikki kunnossa."

    def handle(self, *args: Any, **options: Any) -> None:
        found = problems()
        for problem in found:
            self.stdout.write(problem)
        if found:
            sys.exit(1)
        self.stdout.write("Kaikki kunnossa.")
