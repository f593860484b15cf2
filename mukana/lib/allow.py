"""Saying beside a view who may open it; `accounts.middleware` refuses views that say nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def allow(permission: str) -> Callable[[View], View]:
    """Mark a view with the permission (a key of `accounts.rules.PERMISSIONS`) that opens it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return mark
