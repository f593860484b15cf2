"""When a job is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mukana.lib import jobs
from mukana.lib.jobs import Job, daily, every, is_due, last_due, pause_after
from mukana.lib.moments import ZONE, as_local, at_wall

NIGHTLY = Job("x.nightly", "Yö", lambda _: None, at="03.10")
HOURLY = Job("x.hourly", "Tunti", lambda _: None, seconds=3600)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_jobs", {})
    return


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_function_is_registered_under_its_app_with_a_title_and_stays_a_function() -> None:
    @every(seconds=5, title="Koe")
    def send_things(_now: datetime) -> str | None:
        return "Tehty."

    @daily(at="03.10")
    def tidy(_now: datetime) -> str | None:
        return None

    first, second = jobs.jobs()
    assert (first.name.rpartition(".")[2], first.title, first.seconds) == ("send_things", "Koe", 5)
    assert (second.at, second.title) == ("03.10", second.name)
    assert send_things(at("2026-11-22T10:00")) == "Tehty."


@pytest.mark.parametrize("wrong", ["25.00", "kolmelta", ""])
def test_a_time_that_no_clock_shows_is_refused_at_once(wrong: str) -> None:
    with pytest.raises(ValueError):
        daily(at=wrong)


def test_a_pause_of_no_seconds_is_refused() -> None:
    with pytest.raises(ValueError):
        every(seconds=0)


def test_a_job_never_run_is_due_and_a_nightly_one_only_once_a_night() -> None:
    assert is_due(NIGHTLY, None, at("2026-11-22T10:00"))
    assert not is_due(NIGHTLY, at("2026-11-22T03:10"), at("2026-11-22T23:59"))
    assert not is_due(NIGHTLY, at("2026-11-22T04:00"), at("2026-11-23T03:09"))
    assert is_due(NIGHTLY, at("2026-11-22T04:00"), at("2026-11-23T03:10"))


def test_a_night_the_worker_slept_through_is_made_up_for_in_the_morning() -> None:
    assert is_due(NIGHTLY, at("2026-11-20T03:10"), at("2026-11-22T08:00"))


def test_an_hourly_job_waits_its_hour_unless_the_clock_was_set_back() -> None:
    assert not is_due(HOURLY, at("2026-11-22T10:00"), at("2026-11-22T10:59"))
    assert is_due(HOURLY, at("2026-11-22T10:00"), at("2026-11-22T11:00"))
    assert is_due(HOURLY, at("2027-11-22T10:00"), at("2026-11-22T11:00"))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.times())
def test_the_last_due_moment_is_within_the_past_day_whatever_the_clock_does(naive: datetime, wall: time) -> None:
    now = at_wall(naive.date(), naive.time())
    job = Job("x.y", "", lambda _: None, at=wall.strftime("%H.%M"))
    due = last_due(job, now)
    assert due <= now
    assert now.timestamp() - due.timestamp() <= 25 * 3600 + 3600
    assert as_local(due).minute == wall.minute


@given(st.integers(0, 10_000))
def test_pauses_grow_to_six_hours_and_no_further(failures: int) -> None:
    assert timedelta(minutes=1) <= pause_after(failures) <= pause_after(failures + 1) <= timedelta(hours=6)


def test_a_worker_asked_to_stop_hears_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_stopping", jobs.Event())
    assert not jobs.stopping()
    jobs.ask_to_stop()
    assert jobs.stopping(10)
