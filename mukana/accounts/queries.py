"""Asking what somebody may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.app_settings import RECOVERY_CODE_COUNT
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser

from mukana.accounts.models import Identity, Person
from mukana.accounts.rules import OF_ORGANISATION, PERMISSIONS, ROLES, SITE_WIDE, Acting, Hold, allowed, device_name
from mukana.organisations.models import Organisation, name_of

ORGANISATION, PERSON = "organisations.Organisation", "accounts.Person"
DEEPEST = 8  # organisations stand in each other at most this deep; more would be a ring


def can(person: Person | AnonymousUser, permission: str, thing: Any = None) -> bool:
    """May the person do this, to that thing when one is named?

    `thing` is an organisation, or anything that has an `organisation` or an `entry` (an entry, an
    occurrence, a membership …).  Roles of one organisation reach its own things and those of its
    units; a thing that no organisation owns is reached by the roles of the whole region only.
    """
    if permission == "public":
        return True
    if not isinstance(person, Person) or not person.active:
        return False
    if permission == "signed_in":
        return True
    return allowed(permission, holds_of(person), owners_of(thing))


def holds_of(person: Person) -> list[Hold]:
    """The person's roles, and where; with the roles of the one they act for."""
    own = [Hold(row.role, str(row.organisation_id) if row.organisation_id else None) for row in person.memberships.all()]
    return [*own, *person.acting.holds] if person.acting else own


def acting_of(person: Person, thing: str) -> Acting | None:
    """Whom the person acts for, when it is so and the permission to it still holds.

    `thing` is "organisations.Organisation:ID" or "accounts.Person:ID".
    """
    kind, _, key = thing.partition(":")
    try:
        found = for_organisation(UUID(key)) if kind == ORGANISATION else for_person(UUID(key)) if kind == PERSON else None
    except ValueError:
        return None
    if found is None:
        return None
    acting, organisations = found
    return acting if all(can(person, "act.on_behalf", organisation) for organisation in organisations) else None


def for_organisation(key: UUID) -> tuple[Acting, list[Organisation]] | None:
    """Acting for an organisation: with its organiser's role."""
    organisation = Organisation.objects.select_related("parent").filter(pk=key).first()
    if organisation is None:
        return None
    return Acting(f"{ORGANISATION}:{key}", str(organisation), (Hold("organiser", str(key)),)), [organisation]


def for_person(key: UUID) -> tuple[Acting, list[Organisation]] | None:
    """Acting for an organisation's person: with the roles they have in organisations, never with others."""
    person = Person.objects.filter(pk=key, active=True).first()
    if person is None:
        return None
    rows = person.memberships.filter(role__in=OF_ORGANISATION, organisation__isnull=False).select_related("organisation__parent")
    organisations = [row.organisation for row in rows if row.organisation]
    if not organisations:
        return None
    return Acting(f"{PERSON}:{key}", person.name, tuple(Hold(row.role, str(row.organisation_id)) for row in rows)), organisations


def owners_of(thing: Any) -> frozenset[str] | None:
    """Ids of the organisation that owns the thing and of those it is a unit of; None when no thing is named."""
    if thing is None:
        return None
    if not isinstance(thing, Organisation):
        thing = thing.entry if hasattr(thing, "entry") else thing
        thing = getattr(thing, "organisation", None)
    found: set[str] = set()
    while thing is not None and len(found) < DEEPEST and str(thing.pk) not in found:
        found.add(str(thing.pk))
        thing = thing.parent
    return frozenset(found)


def roles_of(person: Person | AnonymousUser) -> list[str]:
    """The Finnish names of the person's roles."""
    if not isinstance(person, Person):
        return []
    return sorted({ROLES[membership.role][0] for membership in person.memberships.all()})


def find_organisations(words: str, limit: int = 20) -> list[Organisation]:
    """Organisations whose Finnish or other name has the words; those that begin with them first."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    named = [(name_of(texts).casefold(), key) for key, texts in Organisation.objects.values_list("pk", "texts").iterator()]
    hits = sorted((not name.startswith(wanted), name, key) for name, key in named if wanted in name)[:limit]
    rows = Organisation.objects.select_related("parent").in_bulk([key for _, _, key in hits])
    return [rows[key] for _, _, key in hits]


class Everywhere:
    """A thing that no organisation owns: only roles of the whole region reach it."""

    organisation = None


def may_manage(by: Person, person: Person) -> bool:
    """May `by` end that person?  Only when `by` reaches every role the person has."""
    rows = list(person.memberships.select_related("organisation"))
    if not rows:
        return can(by, "people.manage", Everywhere())
    return all(can(by, "people.manage", row.organisation or Everywhere()) for row in rows)


def people_for(by: Person) -> list[Person]:
    """People that `by` may see on the page of users: those with a role within reach, by name."""
    people = Person.objects.prefetch_related("memberships__organisation").order_by("-active", "name", "email")
    if can(by, "people.manage", Everywhere()):
        return list(people)
    return [one for one in people if any(can(by, "people.manage", row) for row in one.memberships.all() if row.organisation)]


def may_see(by: Person, person: Person) -> bool:
    """May `by` open the person's page?"""
    return any(one.pk == person.pk for one in people_for(by))


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a person gets in besides the code by e-mail."""

    application: Authenticator | None
    recovery: int | None  # codes left; None when there are none to begin with
    keys: list[Authenticator]
    identities: list[Identity]

    @property
    def second_step(self) -> bool:
        """Is a second step asked for?"""
        return self.application is not None or bool(self.keys)


def ways_in(person: Person) -> WaysIn:
    """The person's application, keys and joined organisations."""
    every = list(Authenticator.objects.filter(user=person))
    rows = {kind: [row for row in every if row.type == kind] for kind in Authenticator.Type.values}
    recovery = rows["recovery_codes"]
    used = int(recovery[0].data.get("used_mask", 0)).bit_count() if recovery else 0
    return WaysIn(
        application=next(iter(rows["totp"]), None),
        recovery=RECOVERY_CODE_COUNT - used if recovery else None,
        keys=rows["webauthn"],
        identities=list(person.identities.order_by("made_at")),
    )


@dataclass(frozen=True, slots=True)
class Session:
    """One place where the person is logged in."""

    device: str
    began_at: datetime
    this: bool


def sessions_of(person: Person, current: str) -> list[Session]:
    """Where the person is logged in, this browser first."""
    rows = UserSession.objects.purge_and_list(person)
    found = [Session(device_name(row.user_agent), row.created_at, row.session_key == current) for row in rows]
    return sorted(found, key=lambda session: (not session.this, session.began_at))


def role_table() -> list[tuple[str, list[tuple[str, bool]]]]:
    """Every role's Finnish name with the sentences of its permissions; True when only in the whole region."""
    return [(name, [(PERMISSIONS[code], code in SITE_WIDE) for code in codes]) for name, codes in ROLES.values()]


def to_act_for(by: Person, words: str) -> list[Acting]:
    """Organisations and their people, found by name, that `by` may act for."""
    things = [f"{ORGANISATION}:{one.pk}" for one in find_organisations(words)]
    if words:
        named = Person.objects.filter(active=True, memberships__role__in=OF_ORGANISATION, name__icontains=words).exclude(pk=by.pk)
        things += [f"{PERSON}:{key}" for key in named.values_list("pk", flat=True).distinct()[:10]]
    return [acting for thing in things if (acting := acting_of(by, thing))]
