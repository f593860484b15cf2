"""The same Finnish search behind the open data: ranked, forgiving, one event for each series."""

from __future__ import annotations

from pathlib import Path

import pytest

from mukana.api.tests.conftest import Get
from mukana.search.actions import catch_up


@pytest.fixture
def _indexed(calendar: None, fresh_index: Path) -> None:
    catch_up()


pytestmark = pytest.mark.usefixtures("_indexed")


def found(get: Get, **parameters: str) -> list[str]:
    return [one["id"] for one in get("/v1/event/", **parameters)["data"]]


def test_words_bend_and_may_be_mistyped_and_a_series_comes_once_by_its_next_date(get: Get) -> None:
    for words in ("tuolijumppaan", "tuolijumpat", "tuolijumpaa"):
        assert found(get, text=words)[0] == "neutral:e2"
    assert found(get, full_text="lukupiirissä")[0] == "neutral:e4"
    assert get("/v1/search/", type="event", q="lukupiiri")["data"][0]["id"] == "neutral:e4"


def test_conditions_choose_the_date_of_a_series(get: Get) -> None:
    assert found(get, text="tuolijumppa", start="2026-11-28") == ["neutral:e3"]
    assert found(get, text="tuolijumppa", location="neutral:p2") == []
    assert found(get, text="tuolijumppa", end="2026-11-20") == []


def test_any_length_of_words_is_borne(get: Get) -> None:
    get("/v1/event/", q="jumppa " * 1430)
    get("/v1/event/", q="ö" * 10_000)
    get("/v1/event/", q='"(((\\ AND OR :*^~ %_')


def test_a_search_needs_words_and_knows_its_type(get: Get) -> None:
    get("/v1/search/?type=event", 400)
    get("/v1/search/?type=place&q=kirjasto", 400)
    get("/v1/search/?q=%00", 400)
