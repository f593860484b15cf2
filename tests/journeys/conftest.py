"""Common ground of the browser journeys: one browser, a fresh page, axe, and pictures for people.

Chromium is the one of the environment variable MUKANA_CHROMIUM, else the system's; without
either the journeys are skipped and say why.  MUKANA_SCREENSHOTS=1 writes pictures under
var/screenshots.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mukana.accounts.actions import make_demo_accounts
from mukana.accounts.models import Person
from tests.sites import SERVER_URL

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
NARROW, WIDE = 360, 1280
HEIGHT = 800
HERE = Path(__file__).resolve().parent
ON_EVERY_DATABASE = {"test_two_doors.py", "test_sources.py", "test_organiser.py"}  # from one end of the tables to the other

# Playwright runs an event loop in this thread; our own calls to the database stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server's database a few journeys are made; the others are skipped and say so (docs/decisions/0013)."""
    if not SERVER_URL or config.getoption("--all-journeys"):
        return
    for item in items:
        if item.path.parent == HERE and item.path.name not in ON_EVERY_DATABASE:
            item.add_marker(pytest.mark.skip(reason="what a browser adds is told on SQLite; --all-journeys makes it here too"))


def chromium() -> str:
    """Where the browser is, "" when there is none."""
    named = os.environ.get("MUKANA_CHROMIUM", "")
    if named:
        return named
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium: install it or name it in MUKANA_CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who has never been here: Finnish browser, no cookies, no motion."""
    visitor = browser.new_context(
        viewport={"width": WIDE, "height": HEIGHT},
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        reduced_motion="reduce",
        service_workers="block",  # test_without_network lets it in
    )
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of that visitor.  Errors of scripts and of the content policy fail the journey."""
    problems: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: _keep_policy_errors(message.text, problems))
    yield opened
    assert not problems, "\n".join(problems)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: no accessibility violation on the page as it stands."""
    checker = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state("load")
        results = checker.run(page)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """`shot(page, name)`: a picture of the whole page when MUKANA_SCREENSHOTS is set."""

    def take(page: Page, name: str) -> None:
        if os.environ.get("MUKANA_SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def no_sideways_scroll() -> Callable[[Page, int], None]:
    """`no_sideways_scroll(page, 320)`: at that width nothing is wider than the window."""

    def check(page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide in a window of {width} px: {page.evaluate(_WIDEST)}"

    return check


@pytest.fixture
def log_in(context: BrowserContext, live_server: object) -> Callable[[str], None]:
    """`log_in("tiina")`: the visitor is logged in as that demo person."""
    make_demo_accounts()

    def come(name: str) -> None:
        client = Client()
        client.force_login(Person.objects.get(email=f"{name}@mukana.example"), backend="django.contrib.auth.backends.ModelBackend")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}])

    return come


@pytest.fixture
def looked(
    page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None], no_sideways_scroll: Callable[[Page, int], None]
) -> Callable[[str], None]:
    """`looked("name")`: the page passes axe, narrow and wide, with a picture of each."""

    def look(name: str) -> None:
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            axe(page)
            shot(page, f"{name}-{width}")
        no_sideways_scroll(page, 320)
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    return look


_WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"))
  .slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class"))"""


def _keep_policy_errors(text: str, problems: list[str]) -> None:
    if "Content Security Policy" in text:
        problems.append(text)
