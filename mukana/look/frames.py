"""The page that a page of errors stands in."""

from __future__ import annotations

from django.http import HttpRequest

DESK = "/tyopoyta/"


def on_desk(request: HttpRequest) -> bool:
    """Is it one of the desk's addresses, opened by somebody who has come in?"""
    user = getattr(request, "user", None)
    return request.path.startswith(DESK) and user is not None and user.is_authenticated


def frame_of(request: HttpRequest) -> str:
    """On the desk's addresses somebody who has come in keeps the desk's menu."""
    return "look/staff.html" if on_desk(request) else "look/base.html"
