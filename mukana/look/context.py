"""What every template knows of the visitor's choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from mukana.look import navigation, rules


def look(request: HttpRequest) -> dict[str, Any]:
    """site_theme, theme, text_size, language, page_language, selko, languages, menu and the site's own words."""
    return {
        "site_theme": getattr(request, "site_theme", None),
        "theme": chosen(request, "teema", rules.THEMES),
        "text_size": chosen(request, "teksti", rules.TEXT_SIZES),
        "language": getattr(request, "language", "fi"),
        "page_language": get_language() or "fi",
        "selko": getattr(request, "selko", False),
        "languages": rules.LANGUAGES.items(),
        "region": getattr(settings, "SITE_REGION", ""),
        "contact_phone": getattr(settings, "CONTACT_PHONE", ""),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def chosen(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    """The visitor's choice, or "" when there is none or it is not one of ours."""
    value = request.COOKIES.get(cookie, "")
    return value if value in allowed else ""


def _menu(request: HttpRequest) -> dict[str, object]:
    """The parts of the menu, each put together when a page first shows it: what the desk counts costs queries."""

    def part(section: navigation.Section) -> object:
        return SimpleLazyObject(lambda: navigation.shown(request, section))

    def of_staff(made: Callable[[list[navigation.Shown]], object]) -> object:
        return SimpleLazyObject(lambda: made(list(staff)))

    staff: Iterable[navigation.Shown] = SimpleLazyObject(lambda: navigation.shown(request, "staff"))
    return {
        "public": part("public"),
        "staff": staff,
        "bar": of_staff(navigation.bar),
        "shelves": of_staff(lambda items: navigation.shelves([item for item in items if not item.current])),
        "tools": part("tools"),
    }
