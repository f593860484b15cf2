"""People who work with Mukana, what they may do, how their own organisation knows them, and one-time login links."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mukana.accounts.rules import ROLES, Acting
from mukana.organisations.models import Organisation


class People(BaseUserManager["Person"]):
    """Finding and making people; nobody has a password."""

    def create_person(self, email: str, name: str) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with a role: a coordinator, an organiser, a professional …  Residents need no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = People()
    acting: Acting | None = None  # whom the person acts for during this request; set by the middleware

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's name for the column `active`
        return self.active


class Membership(models.Model):
    """A person's role, in one organisation or (None) in the whole region."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "organisation"], name="membership_once", nulls_distinct=False),
            models.CheckConstraint(condition=models.Q(role__in=tuple(ROLES)), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role_name}"

    @property
    def role_name(self) -> str:
        """The role in Finnish."""
        return ROLES[self.role][0]


class Identity(models.Model):
    """Whom an organisation's login service (`issuer`) means with `subject`: one of our people."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.issuer}"


class LoginLink(models.Model):
    """A link that lets one person in once; only a hash of it is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%d.%m.%Y %H.%M}"
