"""What the main user does to people: add, give and take roles, end, bring back."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from mukana.accounts.models import Identity, Membership, Person
from mukana.accounts.queries import Everywhere, can, may_manage
from mukana.accounts.rules import OF_ORGANISATION, ROLES
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.organisations.models import Organisation

SYSTEM = "system"


class PeopleRefused(Exception):
    """Something that may not be done to a person; `code` is self, permission, known, role or organisation."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def add_person(email: str, name: str, role: str, *, organisation: Organisation | None = None, by: Person | None) -> Person:
    """A new person with a first role; `by` is None for the command line.  Raises PeopleRefused."""
    _check_role(role, organisation, by)
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise PeopleRefused("known")
    person = Person.objects.create_person(email, name)
    record("person.added", _name(person), by=_who(by))
    _give(person, role, organisation, by)
    return person


@transaction.atomic
def give_role(person: Person, role: str, *, organisation: Organisation | None = None, by: Person) -> None:
    """A further role; the same again changes nothing."""
    _not_oneself(person, by)
    _check_role(role, organisation, by)
    _give(person, role, organisation, by)


@transaction.atomic
def take_role(membership: Membership, *, by: Person) -> None:
    """A role ends; the person stays."""
    _not_oneself(membership.person, by)
    _check_role(membership.role, membership.organisation, by)
    _trace("role.taken", membership.person, membership.role, membership.organisation, by)
    membership.delete()


@transaction.atomic
def end_person(person: Person, *, by: Person) -> None:
    """The person can no longer log in, and is logged out everywhere at once."""
    _may_manage(person, by)
    person.active = False
    person.save(update_fields=["active"])
    end_sessions(person)
    record("person.ended", _name(person), by=str(by.pk))


@transaction.atomic
def bring_back(person: Person, *, by: Person) -> None:
    """The person may log in again, with the roles they had."""
    _may_manage(person, by)
    person.active = True
    person.save(update_fields=["active"])
    record("person.brought back", _name(person), by=str(by.pk))


@transaction.atomic
def forget_second_step(person: Person, *, by: Person) -> None:
    """Keys, application and recovery codes go, when somebody has lost their phone."""
    _may_manage(person, by)
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    record("second step.forgotten", _name(person), by=str(by.pk))


@transaction.atomic
def join_identity(person: Person, issuer: str, subject: str) -> Identity:
    """Remember whom an organisation's login service means; one already remembered stays whose it is."""
    moment = {"person": person, "made_at": now(), "used_at": now()}
    identity, made = Identity.objects.get_or_create(issuer=issuer, subject=subject, defaults=moment)
    if made:
        record("identity.joined", _name(person), by=str(person.pk), issuer=issuer)
    return identity


@transaction.atomic
def add_known_by_groups(email: str, name: str, roles: list[tuple[str, Organisation | None]]) -> Person:
    """A person whom an organisation's login service vouches for, with the roles of their groups."""
    person = Person.objects.create_person(email, name)
    record("person.added", _name(person), by=SYSTEM)
    for role, organisation in roles:
        _give(person, role, organisation, None)
    return person


@transaction.atomic
def rename(person: Person, name: str) -> None:
    """One's own name."""
    person.name = name
    person.save(update_fields=["name"])
    record("person.renamed", _name(person), by=str(person.pk))


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """Log the person out everywhere, except in the session `but`.  Gives how many were ended."""
    sessions = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended


def _check_role(role: str, organisation: Organisation | None, by: Person | None) -> None:
    if role not in ROLES:
        raise PeopleRefused("role")
    if organisation is None and role in OF_ORGANISATION:
        raise PeopleRefused("organisation")
    if by is not None and not can(by, "people.manage", organisation or Everywhere()):
        raise PeopleRefused("permission")


def _may_manage(person: Person, by: Person) -> None:
    _not_oneself(person, by)
    if not may_manage(by, person):
        raise PeopleRefused("permission")


def _not_oneself(person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise PeopleRefused("self")


def _give(person: Person, role: str, organisation: Organisation | None, by: Person | None) -> None:
    _, made = Membership.objects.get_or_create(person=person, role=role, organisation=organisation)
    if made:
        _trace("role.given", person, role, organisation, by)


def _trace(verb: str, person: Person, role: str, organisation: Organisation | None, by: Person | None) -> None:
    record(verb, _name(person), by=_who(by), role=role, organisation=str(organisation.pk) if organisation else None)


def _name(person: Person) -> str:
    return f"accounts.Person:{person.pk}"


def _who(by: Person | None) -> str:
    return str(by.pk) if by else SYSTEM
