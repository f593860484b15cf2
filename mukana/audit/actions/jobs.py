"""The worker's rounds: jobs that are due are run one after another; one that fails is tried again later."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zlib import crc32

from django.conf import settings
from django.db import connection

from mukana.audit.actions.traces import record
from mukana.audit.models import JobState
from mukana.lib import jobs
from mukana.lib.clock import now
from mukana.lib.jobs import Job
from mukana.lib.locks import Locked, named_lock

JOB_LOCK = 7_302_115  # any number nobody else in this database uses
QUICK_S = 60  # a job that runs oftener is written down only when it did something, and once a minute
LONGEST_WAIT_S = 3600.0

log = logging.getLogger(__name__)


class Worker:
    """One process that runs due jobs; remembers when it ran what, the table remembers for the others."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._written: dict[str, float] = {}

    def round(self, *, all_now: bool = False) -> int:
        """Run what is due, once each; `all_now`: also what is done every so often, waiting for whoever does it."""
        states = {(state.name, state.node): state for state in JobState.objects.all()}
        count = 0
        for job in jobs.jobs():
            if jobs.stopping():
                break
            state = states.get((job.name, node_of(job)))
            if (all_now and job.seconds) or self._due(job, state):
                count += self._take(job, all_now=all_now)
        return count

    def _due(self, job: Job, state: JobState | None) -> bool:
        passed = time.monotonic() - self._begun[job.name] if job.name in self._begun else None
        if state is not None and state.failures:
            waited = passed is not None and passed >= jobs.pause_after(state.failures).total_seconds()
            return state.next_at is None or state.next_at <= now() or waited
        if passed is not None and job.seconds and passed < job.seconds:
            return False
        if job.seconds and job.seconds < QUICK_S:
            return True
        return jobs.is_due(job, state.begun_at if state else None, now())

    def _take(self, job: Job, *, all_now: bool) -> bool:
        """Run the job unless another worker has it or has just done it."""
        try:
            with held(job, LONGEST_WAIT_S if all_now else 0.0):
                state = JobState.objects.filter(name=job.name, node=node_of(job)).first()
                if not (all_now and job.seconds) and not self._due(job, state):
                    return False
                self._run(job, state or JobState(name=job.name, node=node_of(job)))
        except Locked:
            return False
        return True

    def _run(self, job: Job, state: JobState) -> None:
        begun, failed_before = now(), state.failures
        self._begun[job.name] = time.monotonic()
        state.begun_at = begun
        if not 0 < job.seconds < QUICK_S:
            state.save()
        try:
            said = job.run(begun)
        except Exception as error:  # whatever a job meets, the others go on
            log.exception("job %s failed", job.name)
            if not connection.in_atomic_block:  # as in tests
                connection.close_if_unusable_or_obsolete()
            _failed(state, error, begun)
            return
        state.ended_at, state.failures, state.problem, state.next_at = now(), 0, "", None
        if said:
            state.said, state.worked_at = said[:300], state.ended_at
        if said or failed_before or self._worth_writing(job):
            state.save()
            self._written[job.name] = time.monotonic()

    def _worth_writing(self, job: Job) -> bool:
        written = self._written.get(job.name)
        return not 0 < job.seconds < QUICK_S or written is None or time.monotonic() - written >= QUICK_S


def hurry(name: str, *, by: str) -> None:
    """Let a job that failed be tried in the next round."""
    JobState.objects.filter(name=name, failures__gt=0).update(next_at=now())
    record("job.hurried", f"audit.Job:{name}", by=by)


def node_of(job: Job) -> str:
    """The machine's name for a job that each machine does for itself, else ""."""
    return socket.gethostname()[:100] if job.per_node else ""


@contextmanager
def held(job: Job, wait_seconds: float) -> Iterator[None]:
    """Nobody else runs the job meanwhile, on this machine or on another one at the same database.  Raises Locked."""
    with named_lock(f"job-{job.name.lower()}", settings.DATA / "locks", wait_seconds):
        if job.per_node or connection.vendor != "postgresql":
            yield
            return
        key = crc32(job.name.encode()) - 2**31
        if not _asked("SELECT pg_try_advisory_lock(%s, %s)", key):
            raise Locked(job.name, 0)
        try:
            yield
        finally:
            _asked("SELECT pg_advisory_unlock(%s, %s)", key)


def _asked(sql: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [JOB_LOCK, key])
        return bool(cursor.fetchone()[0])


def _failed(state: JobState, error: Exception, begun: datetime) -> None:
    state.ended_at, state.failures = now(), state.failures + 1
    state.problem = f"{type(error).__name__}: {error}"[:500]
    state.next_at = begun + jobs.pause_after(state.failures)
    state.save()
