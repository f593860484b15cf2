"""`mukana setup`: a database, the vocabularies and the static files, ready to serve."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from mukana.directory.actions.vocabulary import load_vocabulary
from mukana.organisations.actions import load_municipalities
from mukana.search.actions import catch_up


class Command(BaseCommand):
    help = "Luo tietokanta, sanastot ja tyylitiedostot. Sama uudelleen ei muuta mitään."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        municipalities = load_municipalities()
        terms = load_vocabulary()
        call_command("collectstatic", interactive=False, verbosity=0)
        catch_up()
        self.stdout.write(f"Valmis: {municipalities} kuntaa, {terms} sanaston sanaa.")
