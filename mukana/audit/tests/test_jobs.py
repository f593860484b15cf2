"""The worker's rounds: each job in its time, one that fails does not hold up the others, nobody does it twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from mukana.audit.actions import jobs as rounds
from mukana.audit.actions.jobs import Worker, held, hurry, node_of
from mukana.audit.models import JobState, Trace
from mukana.lib import jobs
from mukana.lib.jobs import Job
from mukana.lib.locks import Locked

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_stopping", threading.Event())
    return


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return lambda text: monkeypatch.setenv("MUKANA_NOW", text)


@pytest.fixture
def pass_seconds(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    passed = [0.0]
    monkeypatch.setattr(rounds.time, "monotonic", lambda: passed[0])
    return lambda seconds: passed.__setitem__(0, passed[0] + seconds)


def job(run: Callable[[datetime], str | None], name: str = "x.job", **when: object) -> Job:
    jobs._jobs[name] = Job(name, name, run, **when)  # type: ignore[arg-type]
    return jobs._jobs[name]


def test_a_daily_job_is_not_done_again_by_a_worker_started_anew(clock: Clock) -> None:
    done: list[datetime] = []
    job(done.append, at="03.10")
    clock("2026-11-22T04:00")
    assert (Worker().round(), Worker().round()) == (1, 0)
    clock("2026-11-23T03:09")
    assert Worker().round() == 0
    clock("2026-11-23T03:11")
    assert (Worker().round(), len(done)) == (1, 2)


def test_what_a_job_did_stays_to_be_read(clock: Clock) -> None:
    job(lambda _: "Poistettiin 3 riviä.", at="03.10")
    Worker().round()
    state = JobState.objects.get()
    assert (state.said, state.failures, state.problem) == ("Poistettiin 3 riviä.", 0, "")
    assert state.worked_at == state.ended_at


def test_a_failing_job_lets_the_others_go_on_and_is_tried_again_ever_later(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    done: list[datetime] = []

    def broken(_now: datetime) -> str | None:
        raise OSError("levy on täynnä")

    job(broken, "x.broken", seconds=3600)
    job(done.append, "x.well", seconds=3600)
    worker = Worker()
    clock("2026-11-22T10:00:00")
    assert worker.round() == 2
    state = JobState.objects.get(name="x.broken")
    assert (len(done), state.failures, state.problem) == (1, 1, "OSError: levy on täynnä")
    assert "Traceback" in caplog.text
    clock("2026-11-22T10:00:59")
    assert worker.round() == 0
    clock("2026-11-22T10:01:00")
    assert worker.round() == 1
    assert JobState.objects.get(name="x.broken").failures == 2
    clock("2026-11-22T10:02:59")
    assert worker.round() == 0
    clock("2026-11-22T10:03:00")
    assert worker.round() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_recovers_says_so(clock: Clock) -> None:
    fails = [True]

    def sometimes(_now: datetime) -> str | None:
        if fails[0]:
            raise OSError
        return None

    job(sometimes, seconds=1)
    clock("2026-11-22T10:00")
    Worker().round()
    fails[0] = False
    clock("2026-11-22T10:05")
    Worker().round()
    state = JobState.objects.get()
    assert (state.failures, state.problem, state.next_at) == (0, "", None)


def test_a_person_can_hurry_a_failed_job_and_that_is_written_down(clock: Clock) -> None:
    def broken(_now: datetime) -> str | None:
        raise OSError

    job(broken, seconds=3600)
    worker = Worker()
    clock("2026-11-22T10:00")
    worker.round()
    clock("2026-11-22T10:00:30")
    hurry("x.job", by="somebody")
    assert worker.round() == 1
    assert Trace.objects.get().verb == "job.hurried"


def test_quick_jobs_follow_a_clock_that_stands_and_are_written_down_seldom(pass_seconds: Callable[[float], None]) -> None:
    done: list[datetime] = []
    job(done.append, seconds=5)
    worker = Worker()
    assert (worker.round(), worker.round()) == (1, 0)
    JobState.objects.all().delete()
    pass_seconds(5)
    assert (worker.round(), JobState.objects.count()) == (1, 0)
    pass_seconds(60)
    assert (worker.round(), JobState.objects.count()) == (1, 1)


def test_a_failed_job_is_tried_again_under_a_clock_that_stands(pass_seconds: Callable[[float], None]) -> None:
    def broken(_now: datetime) -> str | None:
        raise OSError

    job(broken, seconds=1)
    worker = Worker()
    assert (worker.round(), worker.round()) == (1, 0)
    pass_seconds(60)
    assert worker.round() == 1


def test_once_means_every_repeated_job_but_a_daily_one_only_when_due(clock: Clock) -> None:
    job(lambda _: None, "x.often", seconds=3600)
    job(lambda _: None, "x.nightly", at="03.10")
    assert Worker().round(all_now=True) == 2
    assert Worker().round(all_now=True) == 1


def test_a_worker_asked_to_stop_begins_nothing_more() -> None:
    job(lambda _: None, seconds=1)
    jobs.ask_to_stop()
    assert Worker().round() == 0


def test_the_same_job_is_never_run_by_two_at_once(tmp_path: object) -> None:
    one = job(lambda _: None, seconds=1)
    with held(one, 0.0):
        assert Worker().round() == 0
        assert not JobState.objects.exists()
    assert Worker().round() == 1


def test_a_worker_that_waited_for_another_does_not_do_it_again(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    one = job(lambda _: None, at="03.10")
    clock("2026-11-22T10:00")
    worker = Worker()
    Worker().round()
    assert worker._take(one, all_now=False) is False


def test_each_machine_keeps_its_own_index_and_one_does_the_rest() -> None:
    assert node_of(Job("x.y", "", lambda _: None, seconds=1)) == ""
    assert node_of(Job("x.y", "", lambda _: None, seconds=1, per_node=True))


class Server:
    """Stands for PostgreSQL where the tests run on SQLite."""

    def __init__(self, gives: bool) -> None:
        self.gives, self.asked = gives, []  # type: ignore[var-annotated]

    def __call__(self, sql: str, _key: int) -> bool:
        self.asked.append(sql.partition("(")[0].rpartition(" ")[2])
        return self.gives


@pytest.mark.parametrize("gives", [True, False])
def test_nodes_of_one_server_ask_it_for_the_lock(monkeypatch: pytest.MonkeyPatch, gives: bool) -> None:
    server = Server(gives)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(rounds, "_asked", server)
    one = Job("x.y", "", lambda _: None, seconds=1)
    if gives:
        with held(one, 0.0):
            pass
        assert server.asked == ["pg_try_advisory_lock", "pg_advisory_unlock"]
        return
    with pytest.raises(Locked), held(one, 0.0):
        pass
    assert server.asked == ["pg_try_advisory_lock"]


def test_the_server_is_asked_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "JOB_LOCK", 7)
    assert rounds._asked("SELECT %s + %s", 1) is True


def test_a_worker_that_is_asked_to_go_ends_by_itself(tmp_path: object) -> None:
    code = (
        "import os, signal, threading, django; django.setup();"
        "from mukana.web.management.commands import work; from mukana.lib import jobs;"
        "signal.signal(signal.SIGTERM, work._leave); os.kill(os.getpid(), signal.SIGTERM);"
        "raise SystemExit(0 if jobs.stopping(5) else 1)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mukana.config.settings"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_a_job_that_each_machine_does_for_itself_is_held_on_the_machine_only() -> None:
    done = []
    job(lambda _: done.append(1), name="x.own", seconds=1, per_node=True)  # type: ignore[func-returns-value]
    with held(jobs._jobs["x.own"], 0.0):
        done.append(2)
    assert done == [2]
    with held(jobs._jobs["x.own"], 0.0), pytest.raises(Locked), held(jobs._jobs["x.own"], 0.0):
        pass
