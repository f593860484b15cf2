"""Whoever reads the log opens nobody's page by it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mukana.config.logs import Line, without_secrets

SECRET = "q3Zr-9_xT0aBcDeFgHiJkL"
TOKEN = re.compile(r"<(?:slug|str):token>")
KEY = re.compile(r"<(?:slug|str):key>")
BY_KEY = ("guide", "sms_inbound")  # what these call a key opens too


def addresses() -> Iterator[tuple[str, str]]:
    todo: list[tuple[str, URLPattern | URLResolver]] = [("/", one) for one in get_resolver().url_patterns]
    while todo:
        before, one = todo.pop()
        if isinstance(one, URLResolver):
            todo += [(before + str(one.pattern), inner) for inner in one.url_patterns]
        else:
            yield one.name or "", before + str(one.pattern)


def test_every_address_that_opens_a_page_by_itself_is_logged_without_its_secret() -> None:
    found = [(name, KEY.sub(SECRET, route)) for name, route in addresses() if TOKEN.search(route) or name in BY_KEY]
    assert len(found) > 20
    for name, route in found:
        address = re.sub(r"<[^>]*>", "x", TOKEN.sub(SECRET, route))
        assert SECRET not in without_secrets(f"Unprocessable Entity: {address}"), name


@pytest.mark.django_db
def test_a_refused_page_of_a_link_leaves_no_secret_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING"):
        Client().get(f"/oma/{SECRET}/")
        Client().get(f"/tarjous/{SECRET}/")
    assert len(caplog.records) == 2
    lines = [Line("{levelname} {message}", style="{").format(record) for record in caplog.records]
    assert not [line for line in lines if SECRET in line]
    assert "/oma/…/" in lines[0]


def test_the_log_is_written_by_that_line_and_tracebacks_too() -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "mukana.config.logs.Line"
    try:
        raise ValueError(f"https://mukana.example/tulija/{SECRET}/lista/")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "%s", (f"/saattaja/{SECRET}/",), sys.exc_info())
    assert SECRET not in Line("{message}", style="{").format(record)
