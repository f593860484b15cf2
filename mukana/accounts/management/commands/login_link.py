"""`mukana login-link EMAIL`: a one-time login, only where the demo setting is on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mukana.accounts.actions import make_login_link
from mukana.accounts.models import Person


class Command(BaseCommand):
    help = "Tulosta kertakäyttöinen kirjautumislinkki (vain esittelyssä)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="SÄHKÖPOSTI")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Kirjautumislinkkejä tulostetaan vain esittelyssä (MUKANA_DEMO=1).")
        person = Person.objects.filter(email=options["email"].strip().lower(), active=True).first()
        if person is None:
            known = ", ".join(Person.objects.filter(demo=True).order_by("email").values_list("email", flat=True))
            raise CommandError(f"Tunnusta {options['email']} ei ole. Esittelytunnukset: {known}")
        self.stdout.write(f"{settings.BASE_URL}/kirjaudu/{make_login_link(person)}/")
