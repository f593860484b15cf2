"""The menu: apps say at start-up which pages belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Section = Literal["public", "staff", "tools", "onward"]
BAR = 5  # items the bar of the desk has room for; the desk itself shows all
SHELVES = (  # from which order on
    (0, _("Asiakkaat ja lähetteet")),
    (10, _("Tiedot ja haku")),
    (40, _("Ihmiset ja viestit")),
    (80, _("Ylläpito")),
)
Check = Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the menu.

    `permission` is None (everybody), a permission's key or a function of the request; `count`
    gives a number shown beside the label ("Omat poiminnat 2").  Section "tools" is at the
    right end of the header and always visible, on a phone as well.  Section "onward" is where a list of picks can be
    taken: its page gets the list's address as `poiminnat`.
    """

    label: str | Promise
    url_name: str
    icon: str = ""
    permission: str | Check | None = None
    section: Section = "public"
    order: int = 50
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as one visitor sees it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int
    order: int = 0


_items: dict[tuple[Section, str], Item] = {}
_checks: list[Callable[[object, str], bool]] = []


def register(*items: Item) -> None:
    """Add to the menu; the same page in the same section is kept once."""
    for item in items:
        _items[item.section, item.url_name] = item


def check_with(can: Callable[[object, str], bool]) -> None:
    """Say how a permission's key is asked of a person (accounts does this at start-up)."""
    _checks[:] = [can]


def shown(request: HttpRequest, section: Section) -> list[Shown]:
    """What this visitor may open, in order.  Pages that are switched off are left out.

    A request refused before anybody looked who sent it (a foreign host name) has no staff.
    """
    if section == "staff" and not hasattr(request, "user"):
        return []
    ordered = sorted((item for item in _items.values() if item.section == section), key=lambda item: item.order)
    return [found for item in ordered if (found := _show(item, request))]


def bar(items: list[Shown]) -> list[Shown]:
    """The first items, the open page always among them."""
    first, rest = items[:BAR], items[BAR:]
    here = next((item for item in rest if item.current), None)
    return [*first[:-1], here] if here else first


def shelves(items: list[Shown]) -> list[tuple[str | Promise, list[Shown]]]:
    """The items of the desk under their headings; the desk itself is left out."""
    ends = [start for start, _heading in SHELVES[1:]] + [10_000]
    shelved = (
        (heading, [item for item in items if start <= item.order < end]) for (start, heading), end in zip(SHELVES, ends, strict=True)
    )
    return [(heading, found) for heading, found in shelved if found]


def _show(item: Item, request: HttpRequest) -> Shown | None:
    try:
        url = reverse(item.url_name)
    except NoReverseMatch:  # the subject is switched off
        return None
    if not _allowed(item, request):
        return None
    count = item.count(request) if item.count else 0
    return Shown(item.label, url, item.icon, request.path == url, count, item.order)


def _allowed(item: Item, request: HttpRequest) -> bool:
    if item.permission is None:
        return True
    if callable(item.permission):
        return item.permission(request)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    return _checks[0](user, item.permission) if _checks else user.has_perm(item.permission)
