"""`mukana work`: what time and changes ask for, done once a second or so."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mukana.directory.actions import occurrences
from mukana.importers.uploads import take_back, take_one
from mukana.lib.clock import now, today
from mukana.search.actions import catch_up

PAUSE_S = 1.0


class Command(BaseCommand):
    help = "Vie muutokset hakuun ja tee tulevat kerrat aikatauluista."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Tee kerran ja lopeta")

    def handle(self, *args: Any, **options: Any) -> None:
        extended = None
        if not options["once"]:
            take_back()
        while True:
            if extended != today():
                occurrences.extend(today(), now())
                extended = today()
            while take_one():
                pass
            catch_up(wait=options["once"])  # whoever holds the index now takes the changes in, or the next round does
            if options["once"]:
                return
            time.sleep(PAUSE_S)
