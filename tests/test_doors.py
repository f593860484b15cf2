"""Every address opens, or is denied, to every role and to visitors exactly as the table of roles says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.middleware import DenyByDefault
from mukana.accounts.models import Person
from mukana.accounts.rules import ROLES, granted

BACKEND = "django.contrib.auth.backends.ModelBackend"
DUMMIES = {"int": "1", "uuid": str(UUID(int=1)), "slug": "x", "str": "x", "path": "x"}
VISITOR = "visitor"


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route with its view; parts that vary have a value that exists nowhere."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


ALL = sorted({(route, view) for route, view in addresses(get_resolver().url_patterns)}, key=lambda pair: pair[0])
STAFF = [(route, view) for route, view in ALL if view.permission != "public"]


def filled(route: str) -> str:
    """A path that leads to the route, "" when the route is a pattern that we do not fill in."""
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: DUMMIES.get(found[1] or "str", "x"), route)
    return "" if re.search(r"[\^$()\\]", path) else f"/{path}"


def may(role: str, permission: str) -> bool:
    """What the table says."""
    if permission == "public":
        return True
    if role == VISITOR:
        return False
    return permission == "signed_in" or permission in granted({role})


@pytest.fixture
def people(db: None) -> dict[str, Person]:
    make_demo_accounts()
    return {person.memberships.get().role: person for person in Person.objects.filter(demo=True)}


def asked(view: Any, user: object) -> str:
    """What the doorkeeper does: "opens", "log in" or "denied"."""
    request = RequestFactory().get("/jokin/")
    request.user = user  # type: ignore[assignment]
    try:
        answer = DenyByDefault(lambda _request: HttpResponse()).process_view(request, view, (), {})
    except PermissionDenied:
        return "denied"
    return "opens" if answer is None else "log in"


@pytest.mark.parametrize("role", [VISITOR, *ROLES])
def test_every_address_opens_exactly_to_whom_the_table_says(people: dict[str, Person], role: str) -> None:
    user = people.get(role, AnonymousUser())
    shut = "log in" if role == VISITOR else "denied"
    wrong = [route for route, view in ALL if asked(view, user) != ("opens" if may(role, view.permission) else shut)]
    assert wrong == []


def test_a_view_that_says_nothing_opens_for_nobody(people: dict[str, Person]) -> None:
    def silent(_request: object) -> HttpResponse:
        return HttpResponse("secret")

    assert {asked(silent, user) for user in (*people.values(), AnonymousUser())} == {"denied"}


def test_an_ended_person_is_denied_everything_of_staff(people: dict[str, Person]) -> None:
    ended = people["it"]
    ended.active = False
    assert {asked(view, ended) for _, view in STAFF} == {"denied"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", [route for route, _ in STAFF if filled(route)])
def test_a_visitor_is_sent_to_log_in_and_comes_back_to_the_page(client: Client, db: None, route: str, method: str) -> None:
    path = filled(route)
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"{reverse('login')}?next={path}")


@pytest.mark.parametrize("role", list(ROLES))
def test_pages_of_staff_answer_as_the_door_says(people: dict[str, Person], role: str) -> None:
    """Over the whole stack: what is shut is 403, what is open is a page, a 404 of a thing that is not, or another method's 405."""
    cache.clear()
    wrong, browser = [], Client()
    for route, view in STAFF:
        browser.force_login(people[role], backend=BACKEND)
        path = filled(route)
        if path and (browser.get(path).status_code == 403) == may(role, view.permission):
            wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize("role", list(ROLES))
def test_the_menu_shows_what_opens_and_nothing_else(people: dict[str, Person], role: str, client: Client) -> None:
    client.force_login(people[role], backend=BACKEND)
    page = client.get(reverse("desk")).content.decode()
    linked = set(re.findall(r'class="tile" href="([^"?#]+)"', page))
    assert linked
    assert [path for path in sorted(linked) if client.get(path).status_code not in (200, 302)] == []


def test_the_same_table_holds_for_every_call_of_can(people: dict[str, Person]) -> None:
    from mukana.accounts.queries import can
    from mukana.accounts.rules import PERMISSIONS

    ask: Callable[[Person, str], bool] = can
    wrong = [
        (role, permission)
        for role, person in people.items()
        for permission in PERMISSIONS
        if ask(person, permission) != may(role, permission)
    ]
    assert wrong == []
