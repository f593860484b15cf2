"""Traces of coming in, and of tries that failed."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import login_code_rejected, user_logged_in
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

from mukana.accounts.models import Person
from mukana.audit.actions import record


def _thing(person: Person) -> str:
    return f"accounts.Person:{person.pk}"


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **_given: Any) -> None:
    """Somebody came in, by these steps."""
    steps = [str(step.get("type") or step["method"]) for step in get_authentication_records(request, user)]
    record("signed_in", _thing(user), by=str(user.pk), steps=steps)


@receiver(login_code_rejected)
@receiver(authentication_failed)
def failed(user: Person, **_given: Any) -> None:
    """Somebody gave a wrong code for this person."""
    record("sign_in.failed", _thing(user), by="visitor")


@receiver(authenticator_added)
def added(request: HttpRequest, user: Person, authenticator: Any, **_given: Any) -> None:
    """A second step or a key was added, and thereby shown to be its owner's: the recovery codes open at once."""
    record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)
    record("second step.added", _thing(user), by=str(user.pk), kind=authenticator.type)


@receiver(authenticator_removed)
def removed(user: Person, authenticator: Any, **_given: Any) -> None:
    """A second step or a key was given up."""
    record("second step.removed", _thing(user), by=str(user.pk), kind=authenticator.type)


@receiver(authenticator_reset)
def renewed(user: Person, **_given: Any) -> None:
    """New recovery codes were made."""
    record("second step.renewed", _thing(user), by=str(user.pk))
