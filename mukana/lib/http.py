"""I/O: fetching from the network with limits on size, time and redirects, and one error type."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from types import TracebackType

import httpx

from mukana.lib.networks import is_inner

MEGABYTE = 1024 * 1024
USER_AGENT = "Mukana/0.1 (+open-source wellbeing directory)"
MAX_REDIRECTS = 5
_CHUNK = 64 * 1024


class FetchError(Exception):
    """A fetch that gave nothing to use.

    `code` is one of address, timeout, network, redirects, status, too_large, not_modified;
    `status` is the HTTP status or 0; `retry_after` the seconds the server asks us to wait, or 0.
    """

    def __init__(self, code: str, url: str, detail: str = "", status: int = 0, retry_after: int = 0) -> None:
        super().__init__(f"{code}: {url} {detail}".rstrip())
        self.code = code
        self.url = url
        self.detail = detail
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch: bytes after decompression, and seconds."""

    max_bytes: int = 50 * MEGABYTE
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its last address after redirects, status (2xx or 304), headers and body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


_NO_LIMITS_GIVEN = Limits()


@dataclass(slots=True)
class Conditional:
    """A question that wants an answer only if it has changed; `answered` gets the validators of the new answer."""

    url: str
    validators: Mapping[str, str]  # {etag, last_modified}
    total_seconds: float = 1800.0  # nobody waits at a screen, but the next source waits for its turn
    answered: dict[str, str] = field(default_factory=dict)

    def headers(self, url: str) -> dict[str, str]:
        """What to send along when asking for `url`."""
        names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
        return {names[key]: value for key, value in self.validators.items() if key in names and value} if url == self.url else {}

    def hear(self, url: str, headers: Mapping[str, str]) -> None:
        """Keep the validators of an answer."""
        if url == self.url:
            found = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
            self.answered.update({key: value for key, value in found.items() if value})


_conditional: ContextVar[Conditional | None] = ContextVar("conditional", default=None)


_open_network_only: ContextVar[bool] = ContextVar("open_network_only", default=False)


@contextmanager
def open_network_only(on: bool = True) -> Iterator[None]:
    """Inside, nothing is fetched from this machine or its own network, whichever name or redirect leads there."""
    token = _open_network_only.set(on)
    try:
        yield
    finally:
        _open_network_only.reset(token)


@contextmanager
def conditionally(url: str, validators: Mapping[str, str]) -> Iterator[Conditional]:
    """Inside, a fetch of this very address is conditional; an unchanged answer (304) is FetchError `not_modified`.

    A context rather than an argument: a source's reading is many calls deep, and only its beginning and end care.
    """
    question = Conditional(url, validators)
    token = _conditional.set(question)
    try:
        yield question
    finally:
        _conditional.reset(token)


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits = _NO_LIMITS_GIVEN,
    transport: httpx.BaseTransport | None = None,
) -> Fetched:
    """The whole answer in memory.  Raises FetchError; tests give a `transport`."""
    with open_stream(url, headers=headers, limits=limits, transport=transport) as stream:
        body = b"".join(stream.chunks())
        return Fetched(stream.url, stream.status, stream.headers, body)


class Stream:
    """An open answer whose body comes in pieces; counts bytes and seconds as it goes."""

    def __init__(self, response: httpx.Response, limits: Limits) -> None:
        self._response = response
        self._limits = limits
        self._deadline = time.monotonic() + limits.total_seconds
        self.url = str(response.url)
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def chunks(self) -> Iterator[bytes]:
        """The body, decompressed, in pieces.  Raises FetchError past a limit or on a break."""
        seen = 0
        with _Translated(self.url):
            for chunk in self._response.iter_bytes(_CHUNK):
                seen += len(chunk)
                if seen > self._limits.max_bytes:
                    raise FetchError("too_large", self.url, f"over {self._limits.max_bytes} bytes")
                if time.monotonic() > self._deadline:
                    raise FetchError("timeout", self.url, f"over {self._limits.total_seconds:g} s in all")
                yield chunk


@contextmanager
def open_stream(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits = _NO_LIMITS_GIVEN,
    transport: httpx.BaseTransport | None = None,
) -> Iterator[Stream]:
    """An answer to be read piece by piece.  Raises FetchError for anything but 2xx and (when nobody asked conditionally) 304."""
    if not url.startswith(("http://", "https://")):
        raise FetchError("address", url, "only http and https")
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    asked = _conditional.get()
    if asked:
        limits = replace(limits, total_seconds=min(limits.total_seconds, asked.total_seconds))
    sent = {"User-Agent": USER_AGENT, **(asked.headers(url) if asked else {}), **(headers or {})}
    client = httpx.Client(
        timeout=timeout,
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        transport=transport,
        event_hooks={"request": [_check_port]},
    )
    with client, _Translated(url), client.stream("GET", url, headers=sent) as response:
        _check(url, response, limits)
        if asked:
            _hear(asked, url, response)
        yield Stream(response, limits)


def _hear(asked: Conditional, url: str, response: httpx.Response) -> None:
    if response.status_code == httpx.codes.NOT_MODIFIED:
        raise FetchError("not_modified", url, status=response.status_code)
    asked.hear(url, response.headers)


def _check_port(request: httpx.Request) -> None:
    """Also for redirects: sockets answer a port over 65535 with an error of another kind."""
    if not request.url.host or (request.url.port or 0) > 65535:
        raise FetchError("address", str(request.url), "no such host or port")
    if _open_network_only.get() and is_inner(request.url.host):
        raise FetchError("inner", str(request.url), "an address of our own network")


def _check(url: str, response: httpx.Response, limits: Limits) -> None:
    if not (response.is_success or response.status_code == httpx.codes.NOT_MODIFIED):
        wait = seconds_to_wait(response.headers.get("retry-after", ""), time.time())
        raise FetchError("status", url, str(response.status_code), response.status_code, wait)
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.max_bytes:
        raise FetchError("too_large", url, f"{length} bytes")


def seconds_to_wait(header: str, at: float) -> int:
    """What a Retry-After header (a number or a date) asks for, in seconds from `at` (epoch): 0 when unclear, at most a day."""
    if header.isascii() and header.isdigit():
        return min(int(header[:9]), 86400)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0
    return max(0, min(round(moment.timestamp() - at), 86400))


class _Translated:
    """Turns the library's many errors into the one of this module."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, httpx.TimeoutException):
            raise FetchError("timeout", self._url, type(error).__name__) from error
        if isinstance(error, httpx.TooManyRedirects):
            raise FetchError("redirects", self._url) from error
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
            raise FetchError("address", self._url, str(error)) from error
        if isinstance(error, httpx.HTTPError):
            raise FetchError("network", self._url, str(error)) from error
