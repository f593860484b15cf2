"""The doorkeeper: a view that does not say who may open it opens for nobody; and on whose behalf one acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mukana.accounts.models import Person
from mukana.accounts.queries import acting_of, can
from mukana.audit.behalf import on_behalf_of

Answer = Callable[[HttpRequest], HttpResponse]


class ActingFor:
    """Knows for the length of a request whom the person acts for: pages say it, and every trace carries it.

    Sets `request.acting` (an `accounts.queries.Acting` or None).  A visitor without a session costs nothing.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = None  # type: ignore[attr-defined]  # read by the banner of look/base.html
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, Person):
            return self.get_response(request)
        prefetch_related_objects([request.user], "memberships__organisation")
        acting = acting_of(request.user, request.session.get("acting_for", ""))
        request.user.acting = acting
        request.acting = acting  # type: ignore[attr-defined]
        with on_behalf_of(acting.thing if acting else ""):
            return self.get_response(request)


class DenyByDefault:
    """Reads the mark that `lib.allow.allow` left on the view and asks `can`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        permission = getattr(view, "permission", None)
        if permission == "public":
            return None
        if permission is None:
            raise PermissionDenied("This page has no permission entry.")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can(request.user, permission):
            raise PermissionDenied(permission)
        return None
