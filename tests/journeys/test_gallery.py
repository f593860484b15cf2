"""The gallery of parts in a real browser: three themes, narrow and wide, by keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)

THEMES = ("vaalea", "tumma", "kontrasti")
Check = Callable[[Page], None]


@pytest.fixture
def choose(context: BrowserContext, live_server: object) -> Callable[..., None]:
    """`choose(teema="tumma")`: what the visitor has chosen earlier."""

    def remember(**choices: str) -> None:
        context.add_cookies([{"name": name, "value": value, "url": str(live_server)} for name, value in choices.items()])

    return remember


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_part_passes_axe(
    page: Page, live_server: object, choose: Callable[..., None], axe: Check, shot: Callable[..., None], theme: str, width: int
) -> None:
    choose(teema=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server}/osat/")
    axe(page)
    shot(page, f"osat-{width}-{theme}")


@pytest.mark.parametrize("address", ["/osat/", "/kieli/", "/nakyma/", "/tata-sivua-ei-ole/"])
def test_no_page_scrolls_sideways_at_320(
    page: Page, live_server: object, no_sideways_scroll: Callable[[Page, int], None], address: str
) -> None:
    page.goto(f"{live_server}{address}")
    no_sideways_scroll(page, 320)


def test_the_largest_text_does_not_scroll_sideways(
    page: Page, live_server: object, choose: Callable[..., None], no_sideways_scroll: Callable[[Page, int], None], shot: Callable[..., None]
) -> None:
    choose(teksti="suurin")
    page.goto(f"{live_server}/osat/")
    no_sideways_scroll(page, 320)
    shot(page, "osat-320-suurin")


@pytest.mark.parametrize("address", ["/kieli/", "/nakyma/", "/tata-sivua-ei-ole/"])
def test_settings_and_the_missing_page_pass_axe(
    page: Page, live_server: object, axe: Check, shot: Callable[..., None], address: str
) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server}{address}")
        axe(page)
        shot(page, f"{address.strip('/')}-{width}")


def test_sami_names_in_the_menu_do_not_fetch_the_second_font_file(page: Page, live_server: object, shot: Callable[..., None]) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{live_server}/nakyma/")
    page.get_by_text("Kieli ja selkokieli").first.click()
    page.get_by_role("button", name="Anarâškielâ").wait_for()
    page.wait_for_load_state("networkidle")
    shot(page, "kielivalikko-1280")
    fonts = [url.rsplit("/", 1)[1] for url in fetched if ".woff2" in url]
    assert any("latin-wght" in name for name in fonts)
    assert not any("latin-ext" in name for name in fonts)


def test_nothing_is_fetched_from_elsewhere(page: Page, live_server: object) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{live_server}/osat/", wait_until="networkidle")
    assert [url for url in fetched if not url.startswith((str(live_server), "data:"))] == []


def test_escape_closes_the_menu_and_gives_the_focus_back(page: Page, live_server: object) -> None:
    page.goto(f"{live_server}/nakyma/")
    summary = page.locator("summary", has_text="Näkymä")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    assert summary.evaluate("e => e === document.activeElement")


def test_the_first_tab_stop_leads_to_the_content(page: Page, live_server: object) -> None:
    page.goto(f"{live_server}/nakyma/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Siirry sisältöön"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sisalto"


def test_settings_work_without_javascript(browser: Browser, live_server: object) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="fi-FI")
    page = context.new_page()
    page.goto(f"{live_server}/osat/")
    page.locator("summary", has_text="Valikko").click()
    page.get_by_role("link", name="Tekstin koko ja värit").click()
    page.locator("main").get_by_role("button", name="Tumma").click()
    assert page.url == f"{live_server}/osat/"
    assert page.locator("html").get_attribute("data-theme") == "tumma"
    context.close()


def test_without_a_choice_the_device_decides_the_theme(browser: Browser, live_server: object) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server}/nakyma/")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(21, 18, 30)"
    page.emulate_media(color_scheme="light", contrast="more")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--edge')") == "#000000"
    context.close()


def test_the_system_s_own_colours_keep_every_border(browser: Browser, live_server: object, shot: Callable[..., None]) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server}/osat/")
    for part in (".btn", ".chip", ".state", ".notice", ".card"):
        assert page.locator(f"main {part}").first.evaluate("e => getComputedStyle(e).borderTopStyle") != "none", part
    shot(page, "osat-1280-forced")
    context.close()
