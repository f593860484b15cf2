"""`mukana export`: everything that anybody may see, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mukana.api.dump.files import write_exchange, write_hsds
from mukana.api.hsds.telling import LANGUAGES


class Command(BaseCommand):
    help = "Vie kaikki julkinen tieto tiedostoiksi: jsonl (toiselle Mukanalle, rinnalla CSV) tai hsds (Open Referral)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("muoto", choices=["jsonl", "hsds"])
        parser.add_argument("--out", required=True, type=Path, metavar="KANSIO")
        parser.add_argument("--lang", default="fi", choices=LANGUAGES, help="hsds: tekstien kieli")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["out"]
        if options["muoto"] == "jsonl":
            self.stdout.write(f"{target}: {write_exchange(target)} tietuetta.")
            return
        for name, count in write_hsds(target, options["lang"]).items():
            self.stdout.write(f"{target / name}.ndjson: {count}")
