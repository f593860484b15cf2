"""`mukana load-demo`: the demo region, real open data and a fictitious supply side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import Count

from mukana.accounts.actions import DEMO_ACCOUNTS, make_demo_accounts
from mukana.accounts.rules import ROLES
from mukana.importers.actions import bring_in
from mukana.importers.demo.adapter import LOADS, source_row
from mukana.importers.demo.joining import join_pairs
from mukana.importers.demo.loaded import DemoLoaded, loaded
from mukana.importers.progress import Bar
from mukana.organisations.models import Organisation
from mukana.search.actions import catch_up
from mukana.upkeep.demo import load as load_confirmations


class Command(BaseCommand):
    help = "Lataa esittelyalueen aineisto ja tunnukset. Sama uudelleen ei muuta mitään."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("setup_site", stdout=self.stdout)
        Path(settings.DATA / "demo").touch()
        for load in LOADS:
            bar = Bar(sys.stderr)
            report = bring_in(load.adapter, load.address, by="system", source=source_row(load), progress=bar.show)
            bar.end()
            self.stdout.write(f"{load.name}: {report.read - report.rejected_count} riviä, hylättyjä {report.rejected_count}")
        make_demo_accounts(_homes())
        self.stdout.write(f"Järjestäjien vahvistuksia: {load_confirmations()}")
        self.stdout.write(f"Yhdistettyjä pareja: {join_pairs(by='system')}")
        more = DemoLoaded()
        loaded.tell(more)
        for sentence in more.told:
            self.stdout.write(sentence)
        catch_up()
        self.stdout.write("\nEsittelytunnukset (kirjaudu: .venv/bin/mukana login-link SÄHKÖPOSTI):")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"  {account.email:<24} {account.name:<20} {ROLES[account.role][0]}")


def _homes() -> dict[str, Organisation]:
    """Where the demo's organiser and instructor work: where the fictitious supply has most to keep right."""
    supply = (
        Organisation.objects.filter(source_rows__source__key="demo")
        .annotate(count=Count("entries", distinct=True))
        .order_by("-count", "pk")
    )
    found = {"organiser": supply.filter(kind="association").first(), "instructor": supply.filter(kind="municipality").first()}
    return {role: organisation for role, organisation in found.items() if organisation}
