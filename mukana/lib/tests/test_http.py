from collections.abc import Callable

import httpx
import pytest

from mukana.lib.http import FetchError, Limits, fetch, open_stream

URL = "https://api.example.test/v1/event/"


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(answer)


def test_an_answer_comes_whole_with_our_name_sent() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["user-agent"].startswith("Mukana/")
        assert request.headers["if-none-match"] == "x"
        return httpx.Response(200, json={"data": []}, headers={"ETag": "y"})

    got = fetch(URL, headers={"If-None-Match": "x"}, transport=answering(answer))
    assert (got.status, got.body, got.headers["etag"]) == (200, b'{"data":[]}', "y")


def test_not_modified_is_an_answer_and_other_statuses_are_errors() -> None:
    assert fetch(URL, transport=answering(lambda _: httpx.Response(304))).status == 304
    with pytest.raises(FetchError) as refused:
        fetch(URL, transport=answering(lambda _: httpx.Response(503)))
    assert (refused.value.code, refused.value.status, refused.value.url) == ("status", 503, URL)


def test_redirects_are_followed_but_not_for_ever() -> None:
    def once(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/new":
            return httpx.Response(200, text="perillä")
        return httpx.Response(301, headers={"Location": "/new"})

    assert fetch(URL, transport=answering(once)).url == "https://api.example.test/new"
    with pytest.raises(FetchError, match="redirects"):
        fetch(URL, transport=answering(lambda _: httpx.Response(302, headers={"Location": "/"})))


def test_a_body_over_the_limit_is_refused_whether_told_or_not() -> None:
    small = Limits(max_bytes=100)
    with pytest.raises(FetchError, match="too_large"):
        fetch(URL, limits=small, transport=answering(lambda _: httpx.Response(200, content=b"x" * 101)))
    untold = answering(lambda _: httpx.Response(200, content=iter([b"x" * 60, b"x" * 60])))
    with pytest.raises(FetchError, match="too_large"):
        fetch(URL, limits=small, transport=untold)


def test_slow_and_broken_connections_have_codes() -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    for answer, code in ((slow, "timeout"), (broken, "network")):
        with pytest.raises(FetchError) as refused:
            fetch(URL, transport=answering(answer))
        assert refused.value.code == code
    with pytest.raises(FetchError, match="timeout"):
        fetch(URL, limits=Limits(total_seconds=-1), transport=answering(lambda _: httpx.Response(200, text="x")))


@pytest.mark.parametrize("url", ["ftp://a.fi/", "file:///etc/passwd", "kunta.fi", "http://a.fi:99999999/"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        fetch(url, transport=answering(lambda _: httpx.Response(200)))
    assert refused.value.code == "address"


def test_a_body_can_be_read_in_pieces() -> None:
    with open_stream(URL, transport=answering(lambda _: httpx.Response(200, content=b"x" * 200_000))) as stream:
        assert sum(len(chunk) for chunk in stream.chunks()) == 200_000
