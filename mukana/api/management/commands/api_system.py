"""`mukana api-system add|end|list`: which systems may read referrals as FHIR, and of which municipalities."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mukana.api.fhir.actions import SystemRefused, add_system, end_system
from mukana.api.models import System

REFUSALS = {
    "name": "Nimeksi käy sana, jossa on pieniä kirjaimia a–z, numeroita ja yhdysmerkkejä, esimerkiksi tietoallas.",
    "known": "Järjestelmä {word} on jo. Anna toinen nimi.",
    "area": "Kuntaa {word} ei ole. Anna kolminumeroinen kuntakoodi.",
    "nowhere": "Kerro kunnat (--areas 297,749) tai anna lupa kaikkiin (--all-areas).",
    "unknown": "Järjestelmää {word} ei ole, tai sen lupa on jo päättynyt.",
}


class Command(BaseCommand):
    help = "Anna järjestelmälle lupa lukea hyvinvointilähetteitä (FHIR) tai päätä se."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("toimi", choices=["add", "end", "list"])
        parser.add_argument("name", nargs="?", default="", metavar="NIMI")
        parser.add_argument("--areas", default="", metavar="KUNNAT", help="Kuntakoodit pilkuin eroteltuina: 297,749")
        parser.add_argument("--all-areas", action="store_true", help="Kaikki kunnat")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(_done(options))
        except SystemRefused as refused:
            raise CommandError(REFUSALS[refused.code].format(word=refused.word)) from refused


def _done(options: dict[str, Any]) -> str:
    name = options["name"]
    if options["toimi"] == "list":
        return "\n".join(_line(one) for one in System.objects.order_by("name").prefetch_related("areas")) or "Ei yhtään järjestelmää."
    if options["toimi"] == "end":
        return f"Järjestelmän {end_system(name)} lupa päättyi."
    areas = {code.strip() for code in options["areas"].split(",") if code.strip()}
    token = add_system(name, areas, everywhere=options["all_areas"])
    return f"Järjestelmän {name} avain, jota ei näytetä toiste:\n{token}"


def _line(one: System) -> str:
    areas = "kaikki kunnat" if one.everywhere else ", ".join(str(area) for area in one.areas.all())
    return f"{one.name}: {areas}" + (f" (päättynyt {one.ended_at:%d.%m.%Y})" if one.ended_at else "")
