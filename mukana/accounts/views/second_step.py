"""Second steps, keys and recovery codes: django-allauth's pages in our look.

Its views are imported when somebody opens one: the libraries of keys would hold 20 MB in every web process.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from mukana.accounts.models import Person
from mukana.accounts.queries import ways_in
from mukana.lib.allow import allow


@allow("public")
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """After the code: the application, a key or a recovery code, for those who have one."""
    return _engine("base.views.authenticate", request)


@allow("public")
@never_cache
def with_key(request: HttpRequest) -> HttpResponse:
    """Log in with a key of the device alone."""
    return _engine("webauthn.views.login_webauthn", request)


@allow("signed_in")
@never_cache
def again(request: HttpRequest) -> HttpResponse:
    """The second step once more, before the account is changed."""
    return _engine("base.views.reauthenticate", request) if _has_second_step(request) else redirect("own_account")


@allow("signed_in")
@never_cache
def again_with_key(request: HttpRequest) -> HttpResponse:
    """The same with a key."""
    return _engine("webauthn.views.reauthenticate_webauthn", request) if _has_second_step(request) else redirect("own_account")


@allow("signed_in")
@never_cache
def application_on(request: HttpRequest) -> HttpResponse:
    """Take an authenticator application into use."""
    return _engine("totp.views.activate_totp", request)


@allow("signed_in")
@never_cache
def application_off(request: HttpRequest) -> HttpResponse:
    """Give the application up."""
    return _engine("totp.views.deactivate_totp", request)


@allow("signed_in")
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, shown once."""
    return _engine("recovery_codes.views.view_recovery_codes", request)


@allow("signed_in")
@never_cache
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes; the old ones stop working."""
    return _engine("recovery_codes.views.generate_recovery_codes", request)


@allow("signed_in")
@never_cache
def add_key(request: HttpRequest) -> HttpResponse:
    """Add a key of this device."""
    return _engine("webauthn.views.add_webauthn", request)


@allow("signed_in")
@never_cache
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a key up."""
    return _engine("webauthn.views.remove_webauthn", request, pk=pk)


def _has_second_step(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and ways_in(request.user).second_step


def _engine(name: str, request: HttpRequest, **values: Any) -> HttpResponse:
    module, _, view = name.rpartition(".")
    response: HttpResponse = getattr(import_module(f"allauth.mfa.{module}"), view)(request, **values)
    form = getattr(response, "context_data", {}) or {}
    if response.status_code == 200 and getattr(form.get("form"), "errors", None):
        response.status_code = 422
    return response
