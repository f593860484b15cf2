"""Letting a system read referrals, and ending it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from hashlib import sha256

from django.db import IntegrityError, transaction

from mukana.api.models import System
from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.organisations.models import Municipality

NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


class SystemRefused(Exception):
    """`code`: name (not a short word), known, area (no such municipality), nowhere (no area at all), unknown."""

    def __init__(self, code: str, word: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.word = word


@transaction.atomic
def add_system(name: str, areas: Collection[str], *, everywhere: bool = False, by: str = "system") -> str:
    """Let a system read the cases of these municipalities.  Gives its token, which is kept nowhere.  Raises SystemRefused."""
    if not NAME.fullmatch(name):
        raise SystemRefused("name", name)
    if not areas and not everywhere:
        raise SystemRefused("nowhere")
    found = {one.pk: one for one in Municipality.objects.filter(pk__in=areas)}
    if missing := sorted(set(areas) - set(found)):
        raise SystemRefused("area", missing[0])
    token = f"mukana_{secrets.token_urlsafe(32)}"
    try:
        with transaction.atomic():
            made = System.objects.create(name=name, digest=digest(token), everywhere=everywhere, made_at=now())
    except IntegrityError as error:
        raise SystemRefused("known", name) from error
    made.areas.set(found.values())
    record("api_system.added", f"api.System:{made.pk}", by=by, areas=sorted(found) if not everywhere else ["*"])
    return token


@transaction.atomic
def end_system(name: str, *, by: str = "system") -> System:
    """From now on its token opens nothing.  Raises SystemRefused."""
    found = System.objects.select_for_update().filter(name=name, ended_at=None).first()
    if found is None:
        raise SystemRefused("unknown", name)
    found.ended_at = now()
    found.save(update_fields=["ended_at"])
    record("api_system.ended", f"api.System:{found.pk}", by=by)
    return found


def digest(token: str) -> str:
    """What is kept of a token: it is long and random, so a plain digest tells nothing of it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
