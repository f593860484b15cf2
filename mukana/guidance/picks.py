"""The shortlist as an address: short ids of entries, parted by hyphens.  Nothing of it is kept anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from mukana.directory.models import Entry
from mukana.directory.queries.entry import SHORT, by_short_id, short_id

MOST = 12
COOKIE = "poiminnat"
MAX_AGE = 30 * 24 * 3600  # seconds
_SHORT = re.compile(rf"[0-9a-f]{{{SHORT}}}")


def token_of(ids: Iterable[UUID]) -> str:
    """The list's address."""
    return "-".join(list(dict.fromkeys(short_id(one) for one in ids))[:MOST])


def shorts_of(token: str) -> list[str]:
    """The short ids of an address or a cookie; what is none is left out."""
    return [one for one in dict.fromkeys(token.split("-")) if _SHORT.fullmatch(one)][:MOST]


def picked(token: str) -> list[Entry]:
    """The published entries of an address, in its order; what has gone is left out."""
    found: list[Entry] = []
    for short in shorts_of(token):
        try:
            found.append(by_short_id(short))
        except Entry.DoesNotExist:
            continue
    return found


def added(token: str, value: str) -> str:
    """With the entry whose id was sent, if it is one and shown; taken away when it was there."""
    try:
        entry = Entry.objects.public().only("pk").get(pk=value)
    except (Entry.DoesNotExist, ValidationError):
        return token
    return toggled(token, entry.pk)


def keep(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """The answer with the list in the visitor's cookie."""
    if token:
        response.set_cookie(COOKIE, token, max_age=MAX_AGE, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def toggled(token: str, entry: UUID) -> str:
    """With the entry added, or taken away when it is there."""
    short, held = short_id(entry), shorts_of(token)
    kept = [one for one in held if one != short] if short in held else [*held, short]
    return "-".join(kept[-MOST:])
