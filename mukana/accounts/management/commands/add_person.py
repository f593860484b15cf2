"""`mukana add-person EMAIL NAME ROLE [--organisation NAME]`: the first real account of a site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from mukana.accounts.actions import PeopleRefused, add_person
from mukana.accounts.queries import find_organisations
from mukana.accounts.rules import ROLES
from mukana.organisations.models import Organisation

REFUSALS = {
    "known": "Osoitteella {email} on jo tunnus.",
    "role": "Roolia {role} ei ole. Roolit: {roles}",
    "organisation": "Rooli {role} on aina jossakin organisaatiossa: anna --organisation NIMI.",
}


class Command(BaseCommand):
    help = "Lisää käyttäjä, joka kirjautuu sähköpostiin tulevalla koodilla."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="SÄHKÖPOSTI")
        parser.add_argument("name", metavar="NIMI")
        parser.add_argument("role", metavar="ROOLI", help=", ".join(f"{code} ({name})" for code, (name, _) in ROLES.items()))
        parser.add_argument("--organisation", metavar="NIMI", default="", help="Ilman tätä rooli koskee koko aluetta.")

    def handle(self, *args: Any, **options: Any) -> None:
        email, role = str(options["email"]).strip().lower(), str(options["role"])
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} ei ole sähköpostiosoite.") from error
        organisation = _organisation(str(options["organisation"])) if options["organisation"] else None
        try:
            person = add_person(email, " ".join(str(options["name"]).split()), role, organisation=organisation, by=None)
        except PeopleRefused as refusal:
            raise CommandError(REFUSALS[refusal.code].format(email=email, role=role, roles=", ".join(ROLES))) from refusal
        where = str(organisation) if organisation else "koko alue"
        self.stdout.write(f"{person.name} ({email}): {ROLES[role][0]}, {where}. Kirjautuminen: sähköpostiin tuleva koodi.")


def _organisation(words: str) -> Organisation:
    found = find_organisations(words)
    exact = [one for one in found if str(one).casefold() == words.casefold()]
    if len(exact) == 1 or len(found) == 1:
        return exact[0] if exact else found[0]
    names = ", ".join(str(one) for one in found)
    raise CommandError(f"Tarkoititko jotain näistä: {names}" if names else f"Organisaatiota {words} ei ole.")
