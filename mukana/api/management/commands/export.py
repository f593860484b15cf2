"""`mukana export`: everything that anybody may see, as files; and, for those who may have them, referrals as FHIR."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mukana.api.dump.files import write_exchange, write_hsds
from mukana.api.fhir.files import write_fhir
from mukana.api.hsds.telling import LANGUAGES


class Command(BaseCommand):
    help = (
        "Vie tiedot tiedostoiksi: jsonl (toiselle Mukanalle, rinnalla CSV) ja hsds (Open Referral) julkisesta tiedosta, "
        "fhir hyvinvointilähetteistä (ei julkinen)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("muoto", choices=["jsonl", "hsds", "fhir"])
        parser.add_argument("--out", required=True, type=Path, metavar="KANSIO")
        parser.add_argument("--lang", default="fi", choices=LANGUAGES, help="hsds: tekstien kieli")
        parser.add_argument("--areas", default="", metavar="KUNNAT", help="fhir: kuntakoodit pilkuin eroteltuina; ilman tätä kaikki")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["out"]
        if options["muoto"] == "jsonl":
            self.stdout.write(f"{target}: {write_exchange(target)} tietuetta.")
            return
        areas = [code.strip() for code in options["areas"].split(",") if code.strip()] or None
        counts = write_fhir(target, areas) if options["muoto"] == "fhir" else write_hsds(target, options["lang"])
        for name, count in counts.items():
            self.stdout.write(f"{target / name}.ndjson: {count}")
