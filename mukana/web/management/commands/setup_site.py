"""`mukana setup`: a database, the vocabularies and the static files, ready to serve."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mukana.search.actions import catch_up
from mukana.web.preparing import prepare


class Command(BaseCommand):
    help = "Luo tietokanta, sanastot ja tyylitiedostot. Sama uudelleen ei muuta mitään."

    def handle(self, *args: Any, **options: Any) -> None:
        municipalities, terms = prepare()
        catch_up()
        self.stdout.write(f"Valmis: {municipalities} kuntaa, {terms} sanaston sanaa.")
