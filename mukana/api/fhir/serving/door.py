"""Who asks: the bearer of a token, of whose areas, and not too often."""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from mukana.api.fhir.actions import digest
from mukana.api.fhir.serving.refusing import FhirRefused
from mukana.api.models import System

MINUTE = 60
ASKS_A_MINUTE = 300
WRONG_TOKENS_A_MINUTE = 20


@dataclass(frozen=True, slots=True)
class Reader:
    """A system and the municipalities whose cases it may read; None: every one."""

    actor: str
    areas: frozenset[str] | None


def reader_of(request: HttpRequest) -> Reader:
    """The system whose token the request bears.  Raises FhirRefused."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    address = str(get_adapter().get_client_ip(request))
    if kind.lower() != "bearer" or not token.strip():
        raise FhirRefused(401, "login", "Bring the token of an authorised system: Authorization: Bearer …")
    found = System.objects.filter(digest=digest(token.strip()), ended_at=None).first()
    if found is None:
        if not _within("token", address, WRONG_TOKENS_A_MINUTE):
            raise FhirRefused(429, "throttled", "Too many unknown tokens from this address. Try again in a minute.")
        raise FhirRefused(401, "login", "The token is not known, or has ended.")
    if not _within("asks", str(found.pk), ASKS_A_MINUTE):
        raise FhirRefused(429, "throttled", f"At most {ASKS_A_MINUTE} requests a minute. Try again in a minute.")
    return Reader(found.actor, None if found.everywhere else frozenset(found.areas.values_list("pk", flat=True)))


def _within(what: str, whose: str, most: int) -> bool:
    """Counts one more; is it still within the limit of this minute?"""
    key = f"fhir:{what}:{sha256(whose.encode()).hexdigest()[:32]}:{int(time.time()) // MINUTE}"
    if cache.add(key, 1, 2 * MINUTE):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it grew old between the two
        return True
