"""One-time login links of the demo."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from mukana.accounts.models import LoginLink, Person
from mukana.audit.actions import record
from mukana.lib.clock import now

VALID = timedelta(minutes=30)


class LinkRefused(Exception):
    """A login link that lets nobody in; `code` is unknown, used or expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def make_login_link(person: Person) -> str:
    """A token that logs the person in once within half an hour."""
    token = secrets.token_urlsafe(32)
    moment = now()
    LoginLink.objects.create(digest=_digest(token), person=person, made_at=moment, valid_until=moment + VALID)
    return token


@transaction.atomic
def use_login_link(token: str) -> Person:
    """The person whom the token lets in; raises LinkRefused.  A second use is refused."""
    link = LoginLink.objects.select_for_update().select_related("person").filter(digest=_digest(token)).first()
    if link is None or not link.person.active:
        raise LinkRefused("unknown")
    if link.used_at is not None:
        raise LinkRefused("used")
    if link.valid_until < now():
        raise LinkRefused("expired")
    link.used_at = now()
    link.save(update_fields=["used_at"])
    record("used a login link", f"accounts.Person:{link.person.pk}", by=str(link.person.pk))
    return link.person


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
