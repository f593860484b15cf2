"""Open to everybody from anywhere, leaving nothing in the reader's browser."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from django.urls import resolve

from mukana.api.tests.conftest import Get

pytestmark = pytest.mark.usefixtures("calendar")
ADDRESSES = ["/v1/", "/v1/event/", "/v1/event/neutral:e1/", "/v1/place/", "/v1/keyword/", "/v1/nowhere/", "/v1/event/?page=x"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_site_may_read_and_no_cookie_is_set(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://kunta.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_browser_that_asks_first_is_told_yes(client: Client) -> None:
    response = client.options("/v1/event/", headers={"access-control-request-method": "GET"})
    assert (response.status_code, response.content) == (204, b"")
    assert "GET" in response.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(client, method)("/v1/event/")
    assert (response.status_code, response.json()["code"]) == (405, "read_only")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_an_answer_is_packed_only_when_asked(client: Client) -> None:
    plain = client.get("/v1/event/")
    packed = client.get("/v1/event/", headers={"accept-encoding": "br, gzip;q=0.8"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in client.get("/v1/event/", headers={"accept-encoding": "gzip;q=0"}).headers


def test_the_short_way_and_the_whole_way_give_the_same(client: Client, settings: object) -> None:
    short = client.get("/v1/event/?page_size=2")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "api.middleware" not in name]  # type: ignore[attr-defined]
    whole = Client().get("/v1/event/?page_size=2")
    assert (whole.status_code, whole.content) == (short.status_code, short.content)


def test_a_view_that_is_not_for_everybody_goes_the_whole_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolve("/v1/").func, "permission", "desk.see")
    response = client.get("/v1/")
    assert response.status_code == 302
    assert "kirjaudu" in response.headers["Location"]


def test_a_head_asks_the_same(client: Client, get: Get) -> None:
    assert client.head("/v1/event/").status_code == 200
    assert get("/v1/event/")["meta"]["count"] == 4
