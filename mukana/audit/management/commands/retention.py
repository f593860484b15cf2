"""`mukana retention [--dry-run]`: what has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mukana.audit.actions.retention import run
from mukana.audit.queries import rule_rows
from mukana.lib.clock import now


class Command(BaseCommand):
    help = "Poista, minkä säilytysaika on päättynyt ja minkä poistamisen joku on vahvistanut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Kerro vain, mitä poistettaisiin")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = now()
        for row in rule_rows(moment):
            state = "vahvistettu" if row.confirmed else "ei vahvistettu, ei poisteta"
            self.stdout.write(f"{row.due:>8}  {row.rule.sentence} ({state})")
        if not options["dry_run"]:
            self.stdout.write(f"Poistettiin tai tehtiin nimettömäksi {sum(run(moment).values())} riviä.")
