"""Logging in with the account of one's own organisation (OpenID Connect)."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mukana.accounts.actions.identities import join, person_of
from mukana.accounts.models import Person
from mukana.accounts.oidc import client
from mukana.accounts.oidc.providers import Provider, provider_of
from mukana.accounts.views.login import let_in, safe_next
from mukana.lib.allow import allow

KEY = "oidc"


@allow("public")
@require_safe
@never_cache
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Send the visitor to the login service; somebody already logged in joins it to their account."""
    provider = _provider(key)
    joins = str(request.user.pk) if isinstance(request.user, Person) else ""
    try:
        address, trip = client.begin(provider, _callback(provider), next_url=safe_next(request), joins=joins)
    except client.OidcRefused as refusal:
        return _refused(request, provider, refusal)
    request.session[KEY] = asdict(trip)
    return redirect(address)


@allow("public")
@require_safe
@never_cache
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """The visitor comes back from the service; what it says is used once."""
    provider = _provider(key)
    kept = request.session.pop(KEY, None)
    try:
        if not isinstance(kept, dict):
            raise client.OidcRefused("state")
        trip = client.Trip(**kept)
        claims = client.finish(provider, _callback(provider), trip, request.GET.dict())
        if trip.joins:
            return _join(request, trip, claims)
        return let_in(request, person_of(provider, claims), method="oidc", next_url=trip.next)
    except client.OidcRefused as refusal:
        return _refused(request, provider, refusal)


def _join(request: HttpRequest, trip: client.Trip, claims: client.Claims) -> HttpResponse:
    if not isinstance(request.user, Person) or str(request.user.pk) != trip.joins:
        raise client.OidcRefused("state")
    join(request.user, claims)
    return redirect("own_account")


def _provider(key: str) -> Provider:
    provider = provider_of(key)
    if provider is None:
        raise Http404
    return provider


def _callback(provider: Provider) -> str:
    return f"{settings.BASE_URL}{reverse('organisation_return', args=[provider.id])}"


def _refused(request: HttpRequest, provider: Provider, refusal: client.OidcRefused) -> HttpResponse:
    facts = {"code": refusal.code, "provider": provider, "email": settings.CONTACT_EMAIL}
    return render(request, "accounts/oidc_refused.html", facts, status=403)
