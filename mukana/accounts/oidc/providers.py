"""Login services of organisations as the environment names them (`MUKANA_OIDC`, docs/running.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mukana.accounts.rules import OF_ORGANISATION, ROLES

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
REQUIRED = ("id", "name", "server_url", "client_id", "client_secret")
OPTIONAL = ("scope", "auth_method", "trust_email", "groups_claim", "groups", "params", "issuer")


@dataclass(frozen=True, slots=True)
class GroupRole:
    """What belonging to a group gives; `organisation` is a business id, "" for the whole region."""

    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """One login service.

    `trust_email`: its e-mail addresses are its own and certain, though it sends no `email_verified`.
    `groups`: roles for people not yet known to us, by values of the claim `groups_claim`.
    `params`: what the authorization request carries besides ("acr_values", "ui_locales" …).
    """

    id: str
    name: str
    server_url: str
    client_id: str
    client_secret: str
    scope: str = "openid profile email"
    auth_method: str = "client_secret_basic"
    trust_email: bool = False
    groups_claim: str = "groups"
    groups: dict[str, GroupRole] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    issuer: str = ""

    @property
    def discovery_url(self) -> str:
        """Where the service tells of itself."""
        base = self.server_url.rstrip("/")
        return base if base.endswith("/.well-known/openid-configuration") else f"{base}/.well-known/openid-configuration"

    @property
    def expected_issuer(self) -> str:
        """What tokens must name as their maker."""
        return self.issuer or self.server_url.removesuffix("/.well-known/openid-configuration").rstrip("/")


def providers() -> list[Provider]:
    """Every login service, in the order of the setting."""
    return list(_read(settings.OIDC).values())


def provider_of(key: str) -> Provider | None:
    """The login service with that id."""
    return _read(settings.OIDC).get(key)


@lru_cache(maxsize=8)
def _read(text: str) -> dict[str, Provider]:
    if not text.strip():
        return {}
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"MUKANA_OIDC is not JSON: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ImproperlyConfigured("MUKANA_OIDC must be a list of objects.")
    return {provider.id: provider for provider in map(_provider, rows)}


def _provider(row: dict[str, Any]) -> Provider:
    missing = [name for name in REQUIRED if not row.get(name)]
    unknown = sorted(set(row) - set(REQUIRED) - set(OPTIONAL))
    if missing or unknown:
        raise ImproperlyConfigured(f"MUKANA_OIDC {row.get('id', '?')}: missing {missing}, unknown {unknown}")
    if row.get("auth_method", "client_secret_basic") not in ("client_secret_basic", "client_secret_post"):
        raise ImproperlyConfigured(f"MUKANA_OIDC {row['id']}: auth_method is client_secret_basic or client_secret_post")
    address = urlsplit(str(row["server_url"]))
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"MUKANA_OIDC {row['id']}: server_url must begin with https://")
    groups = {name: _group(row["id"], given) for name, given in row.get("groups", {}).items()}
    return Provider(**{**row, "groups": groups})


def _group(key: str, given: Any) -> GroupRole:
    found = GroupRole(given) if isinstance(given, str) else GroupRole(**given)
    if found.role not in ROLES or (found.role in OF_ORGANISATION and not found.organisation):
        raise ImproperlyConfigured(f"MUKANA_OIDC {key}: the role {found.role} is unknown or lacks its organisation")
    return found
