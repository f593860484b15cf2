"""Finding whom an organisation's login service means, or making them known."""

from __future__ import annotations

from django.db import transaction

from mukana.accounts.actions.people import add_known_by_groups, join_identity
from mukana.accounts.models import Identity, Person
from mukana.accounts.oidc.client import Claims, OidcRefused
from mukana.accounts.oidc.providers import Provider
from mukana.lib.clock import now
from mukana.organisations.models import Organisation


@transaction.atomic
def person_of(provider: Provider, claims: Claims) -> Person:
    """The person to let in: known by (issuer, subject), by a verified address, or new by a group.  Raises OidcRefused."""
    identity = Identity.objects.select_related("person").filter(issuer=claims.issuer, subject=claims.subject).first()
    if identity is not None:
        identity.used_at = now()
        identity.save(update_fields=["used_at"])
        return _open(identity.person)
    person = Person.objects.filter(email=claims.email).first() if claims.email_verified else None
    if person is None:
        person = _by_groups(provider, claims)
    _open(person)
    join_identity(person, claims.issuer, claims.subject)
    return person


@transaction.atomic
def join(person: Person, claims: Claims) -> None:
    """The person, logged in, adds a way of logging in.  Raises OidcRefused when it is somebody else's."""
    if join_identity(person, claims.issuer, claims.subject).person_id != person.pk:
        raise OidcRefused("taken")


def _open(person: Person) -> Person:
    if not person.active:
        raise OidcRefused("ended")
    return person


def _by_groups(provider: Provider, claims: Claims) -> Person:
    given = [provider.groups[group] for group in claims.groups if group in provider.groups]
    if not given or not claims.email_verified:
        raise OidcRefused("unknown")
    known = {one.business_id: one for one in Organisation.objects.filter(business_id__in={role.organisation for role in given} - {""})}
    missing = [role.organisation for role in given if role.organisation and role.organisation not in known]
    if missing:
        raise OidcRefused("organisation", " ".join(missing))
    return add_known_by_groups(claims.email, claims.name, [(role.role, known.get(role.organisation)) for role in given])
