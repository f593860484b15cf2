"""`mukana fetch [--due] [SOURCE …]`: read scheduled sources again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mukana.directory.models import Source
from mukana.importers.fetching import fetch
from mukana.importers.queries import due
from mukana.importers.report import outcome
from mukana.lib.clock import now

NONE_DUE = "Yhdenkään lähteen hakuaika ei ole tullut."
NONE_SCHEDULED = "Säännöllisesti haettavia lähteitä ei ole."


class Command(BaseCommand):
    help = "Hae lähteet uudelleen: kaikki säännöllisesti haettavat, --due vain ne, joiden aika on, tai nimetyt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="LÄHDE")
        parser.add_argument("--due", action="store_true", help="Vain lähteet, joiden hakuaika on tullut")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = due(now()) if options["due"] else _named(options["sources"])
        failed = []
        for source in chosen:
            report = fetch(source, by="system")
            self.stdout.write(outcome(source.name, report))
            if report.problem:
                failed.append(source.name)
        if not chosen:
            self.stdout.write(
                "Yhdenkään lähteen hakuaika ei ole tullut." if options["due"] else "Säännöllisesti haettavia lähteitä ei ole."
            )
        if failed:
            raise CommandError(f"Kaikkia lähteitä ei saatu haettua: {', '.join(failed)}.")


def _named(keys: list[str]) -> list[Source]:
    """The sources with these keys, or all scheduled ones.  Raises CommandError for an unknown key or one without an address."""
    if not keys:
        return list(Source.objects.filter(every_hours__isnull=False).exclude(address="").order_by("key"))
    found = {source.key: source for source in Source.objects.filter(key__in=keys)}
    for key in keys:
        if key not in found:
            raise CommandError(f"Lähdettä {key} ei ole. Lähteet: {', '.join(Source.objects.values_list('key', flat=True)) or 'ei yhtään'}.")
        if not found[key].address:
            raise CommandError(f"Lähteellä {key} ei ole osoitetta, josta hakea.")
    return [found[key] for key in keys]
