from datetime import date, datetime, timedelta

import pytest

from mukana.lib import clock
from mukana.lib.moments import ZONE


def test_the_clock_can_be_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-22T10:00")
    assert clock.now() == datetime(2026, 11, 22, 10, tzinfo=ZONE)
    assert clock.today() == date(2026, 11, 22)


def test_a_set_clock_with_an_offset_is_shown_in_helsinki_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUKANA_NOW", "2026-11-21T23:30:00+00:00")
    assert clock.now().hour == 1
    assert clock.today() == date(2026, 11, 22)


def test_a_mistyped_clock_is_an_error_and_not_the_real_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUKANA_NOW", "huomenna")
    with pytest.raises(ValueError, match="huomenna"):
        clock.now()


def test_without_the_variable_the_real_time_is_told_in_helsinki(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MUKANA_NOW", raising=False)
    now = clock.now()
    assert now.tzinfo is ZONE
    assert abs(now - datetime.now(ZONE)) < timedelta(seconds=5)
