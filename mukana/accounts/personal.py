"""What an account is of a person, given to them and erased at their wish."""

from __future__ import annotations

from django.db import transaction

from mukana.accounts.models import Person
from mukana.audit.actions import record
from mukana.lib.personal import Obstacle, Told

ERASED = "Poistettu käyttäjä"


def export(person: Person) -> Told:
    """Name, address, roles, and the services by which they log in."""
    roles = [
        Told("ROLE", {"fi": "Rooli", "en": "Role"}, f"{one.role_name}{f', {one.organisation}' if one.organisation else ''}")
        for one in person.memberships.select_related("organisation").order_by("pk")
    ]
    services = [Told("ISSUER", {"fi": "Kirjautumispalvelu", "en": "Login service"}, one.issuer) for one in person.identities.order_by("pk")]
    children = (
        Told("NAME", {"fi": "Nimi", "en": "Name"}, person.name),
        Told("EMAIL", {"fi": "Sähköposti", "en": "E-mail"}, person.email),
        *roles,
        *services,
    )
    return Told("ACCOUNT", {"fi": "Käyttäjätili", "en": "Account"}, children=children)


def erase(person: Person, dry_run: bool) -> list[Obstacle]:
    """Take the name, address, roles and ways of logging in; the row stays for the traces that point at it."""
    if _only_main_user(person):
        sentences = {
            "fi": "Olet ainoa pääkäyttäjä. Lisää ensin toinen.",
            "sv": "Du är den enda huvudanvändaren. Lägg först till en annan.",
            "en": "You are the only main user. Add another first.",
        }
        return [Obstacle("only_main_user", sentences)]
    if dry_run:
        return []
    with transaction.atomic():
        person.memberships.all().delete()
        person.identities.all().delete()
        person.name, person.email, person.active = ERASED, f"poistettu-{person.pk}@mukana.invalid", False
        person.set_unusable_password()
        person.save()
        record("erased an account", f"accounts.Person:{person.pk}", by="gdpr")
    return []


def _only_main_user(person: Person) -> bool:
    main = Person.objects.filter(memberships__role="it", active=True).distinct()
    return main.filter(pk=person.pk).exists() and main.count() == 1
