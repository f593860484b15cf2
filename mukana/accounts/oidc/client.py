"""Talking with a login service: where to send the visitor, and what may be believed when they come back.

Every check of OpenID Connect Core 3.1.3.7 is made, the signature too, though the token comes straight from the service.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx

from mukana.accounts.oidc.providers import Provider

ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "RS512", "ES384", "EdDSA"]
LEEWAY_S = 30
SECONDS = 10.0
LARGEST = 512 * 1024


class OidcRefused(Exception):
    """A login that ends here; `code` has a sentence in templates/accounts/oidc_refused.html."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Trip:
    """What is kept in the session while the visitor is at the service."""

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str = ""
    joins: str = ""  # the person who asked to join this way of logging in to their account


@dataclass(frozen=True, slots=True)
class Claims:
    """What the service says of the visitor."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool
    groups: tuple[str, ...]


def begin(provider: Provider, callback: str, *, next_url: str = "", joins: str = "") -> tuple[str, Trip]:
    """The address to send the visitor to, and what to remember.  Raises OidcRefused."""
    trip = Trip(provider.id, secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), next_url, joins)
    challenge = base64.urlsafe_b64encode(sha256(trip.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        **provider.params,
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback,
        "scope": provider.scope,
        "state": trip.state,
        "nonce": trip.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = str(discover(provider)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", trip


def finish(provider: Provider, callback: str, trip: Trip, answer: dict[str, str]) -> Claims:
    """What the service says of the one who came back with `answer` (the query).  Raises OidcRefused."""
    if not secrets.compare_digest(answer.get("state", "").encode(), trip.state.encode()) or trip.provider != provider.id:
        raise OidcRefused("state")
    if answer.get("error"):
        raise OidcRefused("denied" if answer["error"] == "access_denied" else "service", answer["error"])
    if answer.get("iss") and answer["iss"] != provider.expected_issuer:
        raise OidcRefused("issuer")
    found = discover(provider)
    tokens = _exchange(provider, found, callback, answer.get("code", ""), trip.verifier)
    told = _verified(provider, found, str(tokens.get("id_token", "")), trip.nonce)
    return _claims(provider, told, _userinfo(found, tokens, told))


def discover(provider: Provider) -> dict[str, Any]:
    """What the service tells of itself.  Raises OidcRefused."""
    found = _json("GET", provider.discovery_url)
    if found.get("issuer") != provider.expected_issuer:
        raise OidcRefused("issuer", str(found.get("issuer")))
    if not all(isinstance(found.get(name), str) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
        raise OidcRefused("service", "discovery")
    return found


def keys(found: dict[str, Any]) -> dict[str, Any]:
    """The keys by which the service signs."""
    return _json("GET", str(found["jwks_uri"]))


def _exchange(provider: Provider, found: dict[str, Any], callback: str, code: str, verifier: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": callback, "code_verifier": verifier}
    basic = None
    if provider.auth_method == "client_secret_post":
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:
        basic = httpx.BasicAuth(provider.client_id, provider.client_secret)
    return _json("POST", str(found["token_endpoint"]), data=form, auth=basic)


def _verified(provider: Provider, found: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
    """The token's words, when it is signed by the service, meant for us, fresh, and an answer to our question."""
    import jwt  # brings cryptography; only those who log in this way need it

    try:
        told: dict[str, Any] = jwt.decode(
            token,
            key=key_of(token, keys(found)),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.expected_issuer,
            leeway=LEEWAY_S,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.InvalidIssuerError as error:
        raise OidcRefused("issuer") from error
    except jwt.InvalidAudienceError as error:
        raise OidcRefused("audience") from error
    except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
        raise OidcRefused("expired") from error
    except jwt.PyJWTError as error:
        raise OidcRefused("signature", str(error)) from error
    if not secrets.compare_digest(str(told.get("nonce", "")).encode(), nonce.encode()):
        raise OidcRefused("nonce")
    if told.get("azp", provider.client_id) != provider.client_id:
        raise OidcRefused("audience")
    return told


def key_of(token: str, known: dict[str, Any]) -> Any:
    """The service's key that the token names; a token without a name is signed with the only key."""
    import jwt

    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise OidcRefused("signature", str(header.get("alg")))
    rows = [row for row in known.get("keys", []) if isinstance(row, dict) and row.get("use", "sig") == "sig"]
    named = [row for row in rows if row.get("kid") == header.get("kid")] if header.get("kid") else rows
    if len(named) != 1:
        raise OidcRefused("signature", "no such key")
    return jwt.PyJWK(named[0], algorithm=header["alg"]).key


def _userinfo(found: dict[str, Any], tokens: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Further words of the service on the same person; nothing when it has no such address."""
    address, token = found.get("userinfo_endpoint"), tokens.get("access_token")
    if not address or not token:
        return {}
    more = _json("GET", str(address), headers={"Authorization": f"Bearer {token}"})
    if more.get("sub") != told["sub"]:
        raise OidcRefused("subject")
    return more


def _claims(provider: Provider, told: dict[str, Any], more: dict[str, Any]) -> Claims:
    every = {**more, **told}
    email = str(every.get("email") or "").strip().lower()
    source = told if told.get("email") else more  # the mark of verification goes with the address it came with
    groups = every.get(provider.groups_claim) or []
    return Claims(
        issuer=provider.expected_issuer,
        subject=str(told["sub"]),
        name=" ".join(str(every.get("name") or email).split())[:120],
        email=email,
        email_verified=bool(email) and (source.get("email_verified") in (True, "true") or provider.trust_email),
        groups=tuple(str(group) for group in (groups if isinstance(groups, list) else [groups])),
    )


def _json(method: str, url: str, **asked: Any) -> dict[str, Any]:
    """One question and its JSON object; anything else is a refusal."""
    try:
        with httpx.Client(timeout=SECONDS) as client, client.stream(method, url, **asked) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    raise OidcRefused("service", "too large")
            response.raise_for_status()
        found = httpx.Response(200, content=bytes(body)).json()
    except (httpx.HTTPError, ValueError) as error:
        raise OidcRefused("service", str(error)) from error
    if not isinstance(found, dict):
        raise OidcRefused("service", "not an object")
    return found
