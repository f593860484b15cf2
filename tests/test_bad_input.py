"""Whatever comes to a door, a page answers: never an error of ours, always with the strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.test.utils import override_settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from mukana.directory.models import Feedback
from mukana.directory.tests import make
from mukana.organisations.actions import load_municipalities
from mukana.search.actions import catch_up

NASTY = {
    "sql": "' OR 1=1; DROP TABLE directory_entry; --",
    "sql comment": "1) UNION SELECT digest FROM accounts_loginlink/*",
    "template": "{{ settings.SECRET_KEY }}{% debug %}${7*7}#{7*7}<%= 7*7 %>",
    "script": "\"><script>alert(1)</script><img src=x onerror=alert(1)>",
    "long": "jumppa " * 1500,
    "long word": "a" * 10_000,
    "NUL": "uinti\x00halli",
    "NUL written twice over": "mukana:topic.a%00b",
    "direction": "\u202ejumppa\u202c\u2066\u200f",
    "emoji": "🧘🏽‍♀️👨‍👩‍👧‍👦 uinti 🏊",
    "combining": "e" + "\u0301" * 300,
    "controls": "\r\nSet-Cookie: a=b\r\n\x1b[31m\x07",
    "private": "\ue000\ufffe\uffff\U000f0000",
    "quotes": "\"((( AND OR NOT ~^*?:[TO]{TO}\\/ -+",
    "number": "99999999999999999999999999",
    "negative": "-1",
    "NaN": "NaN",
    "infinity": "1e999",
    "zero": "0",
    "arabic digits": "١٢",
    "date": "0000-00-00",
    "far date": "9999-12-31",
    "early date": "0001-01-01T00:00:00+14:00",
    "path": "../../../../etc/passwd\x00.html",
    "address": "//evil.example/https:/evil.example",
    "own address": "/haku/?q=ä\r\nLocation: //evil.example",
    "json": '{"a": [' * 500,
    "empty": "",
    "blank": " \t\n ",
    "null": "null",
}  # fmt: skip
BROKEN_QUERIES = (
    "%FF%FE=%C3%28",
    "q=%00",
    "q=%ED%A0%80",
    "q=%",
    "%",
    "&&&===&",
    "q=a&q=b&q=%F0%28%8C%BC",
    "=".join(["a"] * 3000),
    "q[]=1&q[a]=2",
)
NAMES = (
    "q", "tarve", "kunta", "paiva", "aika", "kohde", "esteeton", "kieli", "muoto", "aihe", "laji", "lapsi", "km", "hinta", "alkaen", "asti",
    "jarjesta", "sivu", "next", "takaisin", "paikka", "ajat", "versio", "sana", "page", "page_size", "start", "end", "weekday", "location",
    "keyword", "ids", "super_event", "is_free", "last_modified_since", "include", "sort", "text", "input", "type", "show_all_places",
    "outo",
)  # fmt: skip
FEW = 3  # values for a page that reads none: its layout and its refusal still get every value from one page or another
COOKIES = ("kieli", "selko", "teema", "teksti", "paikka", "sessionid", "csrftoken", "outo")


def patterns(found: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern)


ROUTES = sorted(set(patterns(get_resolver().url_patterns)))
GOOD = {"uuid": "00000000-0000-4000-8000-000000000000", "short": "0123456789", "int": "1", "slug": "lipas", "str": "a", "path": "mukana:1"}


def filled(route: str, value: str | None = None) -> str:
    """The route as an address, with good values or with this one everywhere."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: GOOD[found[1] or "str"] if value is None else quote(value, safe="/"), route)


def leads(address: str) -> bool:
    """Whether the address leads to a view, as it stands or with the slash that it may lack."""
    for path in (unquote(address), f"{unquote(address)}/"):
        try:
            resolve(path)
        except Resolver404:
            continue
        return True
    return False


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site with one group, accounts and an index, made once: each test goes back to it.  Gives the index."""
    index = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(INDEX_ROOT=index):
        load_municipalities()
        make.group()
        make_demo_accounts()
        catch_up()
        yield index
        transaction.set_rollback(True)


@pytest.fixture
def visitor(region: Path, db: None) -> Client:
    """A visitor of that site."""
    cache.clear()
    return Client(raise_request_exception=False)


@pytest.fixture
def keeper(visitor: Client) -> Client:
    """The same for a person who may open the staff's pages."""
    visitor.force_login(Person.objects.get(email="tiina@mukana.example"))
    return visitor


class Noted:
    """What came with a request; the names that are asked of it are noted, "*" when it is looked through."""

    def __init__(self, given: QueryDict, names: set[str]) -> None:
        self._given, self._names = given, names

    def __getitem__(self, name: str) -> Any:
        self._names.add(name)
        return self._given[name]

    def __contains__(self, name: str) -> bool:
        self._names.add(name)
        return name in self._given

    def get(self, name: str, default: Any = None) -> Any:
        self._names.add(name)
        return self._given.get(name, default)

    def getlist(self, name: str, default: Any = None) -> Any:
        self._names.add(name)
        return self._given.getlist(name, default)

    def __iter__(self) -> Iterator[str]:
        self._names.add("*")
        return iter(self._given)

    def __len__(self) -> int:
        self._names.add("*")
        return len(self._given)

    def __getattr__(self, other: str) -> Any:
        self._names.add("*")
        return getattr(self._given, other)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of parameters and fields that pages have read in this test."""
    names: set[str] = set()
    get, post, body = WSGIRequest.GET.func, WSGIRequest.POST.fget, WSGIRequest.body.fget

    def whole(request: WSGIRequest) -> bytes:
        names.add("*")
        return body(request)

    monkeypatch.setattr(WSGIRequest, "GET", property(lambda request: Noted(get(request), names)))
    monkeypatch.setattr(WSGIRequest, "POST", property(lambda request: Noted(post(request), names), WSGIRequest.POST.fset))
    monkeypatch.setattr(WSGIRequest, "body", property(whole))
    return names


def wrong_of(ask: Callable[[str], list[str]], values: Sequence[str], number: int, read: set[str], name: str = "") -> list[str]:
    """What is wrong with the answers to these values, beginning at another one for each number.

    A page that has read nothing (nor this name) when a few were asked does the same whatever
    the others are: they are left to the pages that do read.
    """
    found: list[str] = []
    for count in range(len(values)):
        if count == FEW and not (read & {name, "*"} if name else read):
            break
        found += ask(values[(number * FEW + count) % len(values)])
    return found


def wrong(client: Client, address: str, method: str = "get", **words: object) -> list[str]:
    """What is wrong with the answer; empty when nothing is."""
    return judged(getattr(client, method)(address, **words), f"{method} {address[:150]}")


def judged(answer: HttpResponse, asked: str) -> list[str]:
    """The same of an answer in hand."""
    problems = []
    if answer.status_code >= 500:
        problems.append(f"{answer.status_code} {asked}")
    if "default-src 'none'" not in answer.headers.get("Content-Security-Policy", ""):
        problems.append(f"no policy {asked}")
    if "evil.example" in answer.headers.get("Location", "").partition("?")[0]:
        problems.append(f"led astray {asked}: {answer.headers['Location']}")
    return problems


@pytest.mark.parametrize("route", ROUTES)
def test_no_value_of_any_parameter_breaks_a_page(route: str, keeper: Client, read: set[str]) -> None:
    queries = [urlencode(dict.fromkeys(NAMES, value), errors="surrogatepass") for value in NASTY.values()]
    address = filled(route)
    found = wrong_of(lambda query: wrong(keeper, f"{address}?{query}"), [*queries, *BROKEN_QUERIES], ROUTES.index(route), read)
    assert found == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", ["/haku/", "/v1/event/", "/v1/place/", "/v1/keyword/", "/v1/search/"])
def test_no_value_of_one_parameter_alone_breaks_the_lists(address: str, name: str, visitor: Client, read: set[str]) -> None:
    queries = [urlencode({name: value}) for value in NASTY.values()]
    assert wrong_of(lambda query: wrong(visitor, f"{address}?{query}"), queries, NAMES.index(name), read, name) == []


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route])
def test_no_part_of_an_address_breaks_a_page(route: str, keeper: Client) -> None:
    found, nowhere = [], 0
    for value in NASTY.values():
        address = filled(route, value[:2000])
        nowhere += not leads(address)
        if leads(address) or nowhere <= FEW:  # what leads nowhere is answered by the same page for all
            found += wrong(keeper, address)
    assert found == []


@pytest.mark.parametrize("route", ROUTES)
def test_every_method_and_content_type_is_answered(route: str, keeper: Client) -> None:
    address, found = filled(route), []
    for method in ("head", "put", "patch", "delete", "options", "trace"):
        found += wrong(keeper, address, method)
    bodies = ((b"\xff\xfe{", "application/json"), (b"--x", "multipart/form-data; boundary=x"), (b"\x00" * 100, "text/plain"),
              (b"a=%FF%FE&text=%00", "application/x-www-form-urlencoded"), (b"x", "multipart/form-data"),
              (b"a=1", "application/x-www-form-urlencoded; charset=nope"))  # fmt: skip
    for body, kind in bodies:
        found += judged(keeper.generic("POST", address, body, kind), f"POST {kind} {address}")
    assert found == []


@pytest.mark.parametrize("route", ROUTES)
def test_no_word_in_a_form_breaks_a_page(route: str, keeper: Client, read: set[str]) -> None:
    fields = (
        "topic",
        "text",
        "contact",
        "website",
        "paikka",
        "kieli",
        "selko",
        "teema",
        "teksti",
        "next",
        "takaisin",
        "giver",
        "file",
        "q",
        "block",
    )

    def ask(value: str) -> list[str]:
        return wrong(keeper, filled(route), "post", data=dict.fromkeys(fields, value))

    assert wrong_of(ask, list(NASTY.values()), ROUTES.index(route), read) == []


def test_no_cookie_breaks_a_page(visitor: Client) -> None:
    found = []
    for value in (*NASTY.values(), "x" * 60_000):
        for address in ("/", "/haku/?q=jumppa", "/paikkakunta/", "/v1/event/", "/tyopoyta/"):
            raw = value.encode("utf-8").decode("latin-1")  # a server hands bytes on as Latin-1
            text = "; ".join(f"{name}={quote(value)}; {name}={raw}" for name in COOKIES)
            found += wrong(visitor, address, headers={"cookie": text})
    assert found == []


def test_a_form_that_is_refused_keeps_what_was_typed(visitor: Client) -> None:
    answer = visitor.post("/palaute/", {"topic": "outo", "text": "Ovi oli <kiinni> & pimeää", "contact": "05 000 1250"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ovi oli &lt;kiinni&gt; &amp; pimeää" in page
    assert "05 000 1250" in page
    assert Feedback.objects.count() == 0


def test_a_place_nobody_knows_is_refused_with_what_was_typed(visitor: Client) -> None:
    answer = visitor.post("/paikkakunta/", {"paikka": "Atlantis<b>"})
    assert answer.status_code == 422
    assert "Atlantis&lt;b&gt;" in answer.content.decode()


def test_what_was_asked_is_shown_as_text_only(visitor: Client) -> None:
    page = visitor.get("/haku/", {"q": NASTY["script"]}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_another_host_name_is_refused_without_an_error_of_ours(visitor: Client) -> None:
    answer = visitor.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_what_a_page_reads_is_noted_and_what_reads_nothing_is_known(visitor: Client, read: set[str]) -> None:
    visitor.get("/tietosuoja/?q=a")
    visitor.post("/ei-ole/", {"text": "a"})
    assert read == set()
    visitor.get("/haku/?q=a")
    assert "q" in read
    visitor.post("/palaute/", {"text": "a"})
    assert "text" in read
