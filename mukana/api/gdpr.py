"""A person's own data by the API of the Helsinki profile: read and erased with a token that their login service gave.

`MUKANA_GDPR` names the login service and what a token must say: {"provider": "tunnistus", "audience": "mukana-gdpr",
"query_scope": "gdprquery", "delete_scope": "gdprdelete"}.  Without it the address answers 404 to everybody.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from mukana.accounts.models import Identity, Person
from mukana.accounts.oidc.bearer import Token, read_token
from mukana.accounts.oidc.client import OidcRefused
from mukana.accounts.oidc.providers import providers
from mukana.audit.actions import record
from mukana.lib.allow import allow
from mukana.lib.personal import Obstacle, holders, tree


@allow("public")  # whoever comes is known by the token and by nothing else
@csrf_exempt
def user(request: HttpRequest, subject: str) -> HttpResponse:
    """GET: everything the house holds of the person.  DELETE: erase it, or with `dry_run=true` tell whether it can be erased."""
    config: dict[str, str] = json.loads(settings.GDPR) if settings.GDPR else {}
    scopes = {"GET": config.get("query_scope", "gdprquery"), "DELETE": config.get("delete_scope", "gdprdelete")}
    if not config:
        return _refused(404)
    if request.method not in scopes:
        return _refused(405)
    token = _token(request, config)
    if token is None:
        return _refused(401)
    if token.subject != subject or scopes[request.method] not in token.scopes:
        return _refused(403)
    person = _person(token)
    if person is None:
        return _refused(404)
    return _told(person) if request.method == "GET" else _erased(person, dry_run=request.GET.get("dry_run", "").lower() == "true")


def _told(person: Person) -> HttpResponse:
    children = [tree(told) for holder in holders() if (told := holder.export(person)) is not None]
    record("gave a person their data", f"accounts.Person:{person.pk}", by=str(person.pk), door="gdpr")
    return _private(JsonResponse({"key": "MUKANA", "label": {"fi": "Mukana", "sv": "Mukana", "en": "Mukana"}, "children": children}))


def _erased(person: Person, *, dry_run: bool) -> HttpResponse:
    """Everything or nothing: what stands in the way of one app leaves all as it was."""
    obstacles = [obstacle for holder in holders() for obstacle in holder.erase(person, True)]
    if not obstacles and not dry_run:
        with transaction.atomic():
            obstacles = [obstacle for holder in holders() for obstacle in holder.erase(person, False)]
            if obstacles:
                transaction.set_rollback(True)
    if obstacles:
        return _private(JsonResponse({"errors": [_error(one) for one in obstacles]}, status=403))
    return _private(HttpResponse(status=204))


def _error(one: Obstacle) -> dict[str, Any]:
    return {"code": one.code, "message": one.sentences}


def _token(request: HttpRequest, config: dict[str, str]) -> Token | None:
    """The bearer's token when the login service has signed it for us."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    provider = next((one for one in providers() if one.id == config.get("provider")), None)
    if kind.lower() != "bearer" or not token or provider is None:
        return None
    try:
        return read_token(provider, token.strip(), config.get("audience", provider.client_id))
    except OidcRefused:
        return None  # a token that cannot be believed is none


def _person(token: Token) -> Person | None:
    known = Identity.objects.filter(issuer=token.issuer, subject=token.subject, person__active=True).select_related("person").first()
    return known.person if known else None


def _refused(status: int) -> HttpResponse:
    response = _private(HttpResponse(status=status))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
