"""`mukana import SOURCE PATH_OR_URL`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from mukana.importers.actions import bring_in
from mukana.importers.progress import Bar
from mukana.importers.registry import SOURCES
from mukana.importers.report import outcome


class Command(BaseCommand):
    help = "Tuo aineisto lähteestä. Huono rivi ei pysäytä tuontia; raportti kertoo rivin, tunnisteen ja syyn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", choices=sorted(SOURCES), metavar="LÄHDE")
        parser.add_argument("address", metavar="TIEDOSTO_TAI_OSOITE")
        parser.add_argument("--dry-run", action="store_true", help="Kerro vain, mitä tapahtuisi")
        parser.add_argument("--report", metavar="TIEDOSTO.json", help="Kirjoita raportti tähän tiedostoon")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["report"]) if options["report"] else None
        if target is not None and not target.parent.is_dir():
            raise CommandError(f"Raportin kansiota ei ole: {target.parent}")
        if not ready():
            call_command("setup_site", stdout=self.stdout)  # a new site, or a new version
        bar = Bar(sys.stderr)
        try:
            report = bring_in(SOURCES[options["source"]], options["address"], by="system", dry_run=options["dry_run"], progress=bar.show)
        except OperationalError as error:
            raise CommandError(f"Tietokanta ei toimi, joten tuonti jäi kesken. Mitä ehti tulla, on tallessa. ({error})") from error
        finally:
            bar.end()
        if target is not None:
            target.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
        if not report.problem:
            self.stdout.write(outcome(report.source, report))
        for refusal in report.rejected[:10]:
            self.stdout.write(f"  rivi {refusal.row} ({refusal.id or 'ei tunnistetta'}): {refusal.reason}")
        if report.problem:
            raise CommandError(outcome(report.source, report))


def ready() -> bool:
    """Are the tables of this version there?"""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
