"""Whatever comes to a door, a page answers: never an error of ours, always with the strict policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

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


@pytest.fixture
def visitor(db: None, fresh_index: Path) -> Client:
    """A visitor of a site with one group and an index."""
    load_municipalities()
    make.group()
    catch_up()
    cache.clear()
    return Client(raise_request_exception=False)


@pytest.fixture
def keeper(visitor: Client) -> Client:
    """The same for a person who may open the staff's pages."""
    make_demo_accounts()
    visitor.force_login(Person.objects.get(email="tiina@mukana.example"))
    return visitor


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
def test_no_value_of_any_parameter_breaks_a_page(route: str, keeper: Client) -> None:
    address = filled(route)
    found = []
    for value in NASTY.values():
        found += wrong(keeper, f"{address}?{urlencode({name: value for name in NAMES}, errors='surrogatepass')}")
    found += [problem for query in BROKEN_QUERIES for problem in wrong(keeper, f"{address}?{query}")]
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_one_parameter_alone_breaks_the_lists(name: str, visitor: Client) -> None:
    lists = ("/haku/", "/v1/event/", "/v1/place/", "/v1/keyword/", "/v1/search/")
    assert [p for address in lists for value in NASTY.values() for p in wrong(visitor, f"{address}?{urlencode({name: value})}")] == []


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route])
def test_no_part_of_an_address_breaks_a_page(route: str, keeper: Client) -> None:
    found = []
    for value in NASTY.values():
        found += wrong(keeper, filled(route, value[:2000]))
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
def test_no_word_in_a_form_breaks_a_page(route: str, keeper: Client) -> None:
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
    found = []
    for value in NASTY.values():
        found += wrong(keeper, filled(route), "post", data=dict.fromkeys(fields, value))
    assert found == []


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
