"""The doorkeeper: a view that does not say who may open it opens for nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mukana.accounts.queries import can


class DenyByDefault:
    """Reads the mark that `lib.allow.allow` left on the view and asks `can`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
