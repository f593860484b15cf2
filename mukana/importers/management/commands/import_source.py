"""`mukana import SOURCE PATH_OR_URL`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from mukana.directory.models import Source
from mukana.importers.actions import bring_in
from mukana.importers.progress import Bar
from mukana.importers.registry import SOURCES
from mukana.importers.report import Report


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
        if Source._meta.db_table not in connection.introspection.table_names():
            call_command("setup_site", stdout=self.stdout)  # the first command of a new site
        bar = Bar(sys.stderr)
        report = bring_in(SOURCES[options["source"]], options["address"], by="system", dry_run=options["dry_run"], progress=bar.show)
        bar.end()
        if target is not None:
            target.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(sentence(report))
        for refusal in report.rejected[:10]:
            self.stdout.write(f"  rivi {refusal.row} ({refusal.id or 'ei tunnistetta'}): {refusal.reason}")
        if report.problem:
            raise CommandError(report.problem)


def sentence(report: Report) -> str:
    """The counts in one Finnish sentence."""
    return (
        f"{report.source}: luettu {report.read}, uusia {report.created}, päivitettyjä {report.updated}, "
        f"ennallaan {report.unchanged}, hylättyjä {report.rejected_count}."
    )
