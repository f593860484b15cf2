"""Text messages by an HTTP gateway: address, header and a JSON body of the settings, so that any gateway will do."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from django.conf import settings

from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.outbox.rules import Outcome

MOST_BYTES = 64 * 1024
_NOT_BEGUN = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError, httpx.InvalidURL,
)  # fmt: skip
_SETTINGS = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405, 415})
_LATER = frozenset({408, 409, 425, 429, 500, 502, 503})


class Gateway:
    """The gateway of the settings; the connection is kept from message to message."""

    name = "gateway"

    def __init__(self, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds
        self._client = httpx.Client(timeout=httpx.Timeout(timeout_seconds, connect=min(10.0, timeout_seconds)), trust_env=False)

    def send(self, message: Message) -> Outcome:
        """Hand one text message over.  A connection that breaks after the request left leaves it unknown."""
        name, _, value = settings.SMS_HEADER.partition(":")
        headers = {name.strip(): value.strip()} if name.strip() else {}
        try:
            with self._client.stream(settings.SMS_METHOD, settings.SMS_URL, json=filled(message), headers=headers) as answer:
                return outcome(answer.status_code, answer.headers.get("retry-after", ""), self._body(answer))
        except _NOT_BEGUN as error:
            return Outcome("later", problem="unreachable", said=str(error), down=True)
        except httpx.HTTPError as error:
            return Outcome("unknown", problem="broken_off", said=type(error).__name__)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _body(self, answer: httpx.Response) -> str:
        """The beginning of the answer; when it breaks off, the status alone tells enough."""
        begun, body = time.monotonic(), b""
        try:
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES or time.monotonic() - begun > self._timeout:
                    break
        except httpx.HTTPError:
            return ""
        return body[:MOST_BYTES].decode("utf-8", "replace")


def outcome(status: int, retry_after: str, body: str) -> Outcome:
    """What a status means: 2xx took it; 504 may have; 4xx refuses this message, or the settings are wrong."""
    said = f"{status} {' '.join(body.split())}"[:300].strip()
    if 200 <= status < 300:
        return Outcome("sent", provider_id=_named(body)[:200])
    if status in _SETTINGS:
        return Outcome("later", problem="login" if status in (401, 403) else "settings", said=said, down=True)
    if status in _LATER:
        return Outcome("later", problem="busy", said=said, asked=pause(retry_after), down=True)
    if status >= 500:
        return Outcome("unknown", problem="broken_off", said=said)
    return Outcome("refused", problem="refused", said=said)


def filled(message: Message) -> Any:
    """The body of the settings with the message's words in their places."""
    words = {"{to}": message.to, "{text}": message.text, "{id}": str(message.pk), "{from}": settings.SMS_FROM}
    return _fill(json.loads(settings.SMS_BODY), words)


def pause(retry_after: str) -> timedelta | None:
    """Seconds or a date, as HTTP writes them; None when it is neither."""
    if retry_after.strip().isdigit():
        return timedelta(seconds=min(int(retry_after), 10**6))
    try:
        return max(parsedate_to_datetime(retry_after) - now(), timedelta())
    except (ValueError, TypeError):
        return None


def _fill(value: Any, words: dict[str, str]) -> Any:
    """Only whole strings and places within them: what somebody writes in a message stays a word."""
    if isinstance(value, dict):
        return {key: _fill(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_fill(one, words) for one in value]
    if isinstance(value, str):
        return words[value] if value in words else _within(value, words)
    return value


def _within(value: str, words: dict[str, str]) -> str:
    pieces = value.split("{")
    out = pieces[0]
    for piece in pieces[1:]:
        name, sign, rest = piece.partition("}")
        out += words.get(f"{{{name}}}", f"{{{name}{sign}") + rest if sign else "{" + piece
    return out


def _named(body: str) -> str:
    """What the gateway calls the message, found where MUKANA_SMS_ID says; "" when it is not there."""
    try:
        value = json.loads(body)
        for step in settings.SMS_ID.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return str(value)
