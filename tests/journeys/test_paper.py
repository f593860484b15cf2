"""The sheet for paper: one page where it fits, and never a stray second one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mukana.directory.tests import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def pages(page: Page, address: str) -> int:
    page.goto(address)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_an_ordinary_sheet_is_one_page(page: Page, live_server: LiveServer) -> None:
    assert pages(page, f"{live_server.url}/kohde/{make.group().pk}/tulosta/") == 1


def test_steps_that_do_not_fit_go_to_the_second_page_whole(page: Page, live_server: LiveServer) -> None:
    group = make.group()
    group.texts["fi"]["summary"] = "Rauhallista liikettä vedessä omaan tahtiin. " * 14
    group.texts["fi"]["steps"] = [{"title": f"Vaihe {n}", "text": "Ohjaaja kertoo rauhassa, mitä tehdään. " * 4} for n in range(5)]
    group.save()
    assert pages(page, f"{live_server.url}/kohde/{group.pk}/tulosta/") == 2
    page.emulate_media(media="print")
    kept_whole = "getComputedStyle(document.querySelector('.a4 > section')).breakInside"
    assert page.evaluate(kept_whole) == "avoid"
