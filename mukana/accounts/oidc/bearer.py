"""Tokens that others bring from a login service: whose they are, and what they let do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mukana.accounts.oidc.client import ALGORITHMS, LEEWAY_S, OidcRefused, discover, key_of, keys
from mukana.accounts.oidc.providers import Provider


@dataclass(frozen=True, slots=True)
class Token:
    """A token that may be believed."""

    issuer: str
    subject: str
    scopes: frozenset[str]


def read_token(provider: Provider, token: str, audience: str) -> Token:
    """Raises OidcRefused unless the service has signed it, for this audience, and it holds still."""
    import jwt  # brings cryptography; few sites need it

    try:
        told: dict[str, Any] = jwt.decode(
            token,
            key=key_of(token, keys(discover(provider))),
            algorithms=ALGORITHMS,
            audience=audience,
            issuer=provider.expected_issuer,
            leeway=LEEWAY_S,
            options={"require": ["iss", "sub", "aud", "exp"]},
        )
    except jwt.PyJWTError as error:
        raise OidcRefused("signature", str(error)) from error
    return Token(provider.expected_issuer, str(told["sub"]), frozenset(_scopes(told)))


def _scopes(told: dict[str, Any]) -> list[str]:
    """As "scope" tells them, or Keycloak's "authorization.permissions"."""
    found = str(told.get("scope", "")).split()
    authorization = told.get("authorization")
    permissions = authorization.get("permissions", []) if isinstance(authorization, dict) else []
    for permission in permissions if isinstance(permissions, list) else []:
        scopes = permission.get("scopes", []) if isinstance(permission, dict) else []
        found += [str(scope) for scope in scopes] if isinstance(scopes, list) else []
    return found
