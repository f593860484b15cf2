"""Two writers and a reader who goes by its own clock, three processes on a real database: nothing is missed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.parse import quote

from tests.sites import ROOT, Site, fetch, finished

MADE = """
import django; django.setup()
from mukana.api.tests.services import supply
from mukana.directory.models import Schedule
supply(40)
Schedule.objects.all().delete()  # a worker would plan more dates of them
"""
# A writer takes its moment first and is slow to commit, so the moments of the two cross.
WRITER = """
import sys, time, django; django.setup()
from django.db import transaction
from mukana.api.tests.services import touch
from mukana.directory.models import Entry
from mukana.lib.ids import stable_id
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    with transaction.atomic():
        touch(Entry.objects.get(pk=stable_id("test-entry", number)), phone="050 7")
        time.sleep(0.03)
    time.sleep(0.01)
"""


def started(site: Site, code: str, *words: str) -> subprocess.Popen[str]:
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "mukana.config.settings"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", code, *words], env=environment, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]


def changed(port: int, since: datetime) -> set[str]:
    status, body = fetch(port, f"/hsds/services?per_page=200&modified_after={quote(since.isoformat())}")
    assert status == 200, body
    return {one["id"] for one in json.loads(body)["contents"]}


def test_a_reader_by_the_clock_gets_exactly_what_two_writers_changed(site: Site) -> None:
    site.environment["MUKANA_NOW"] = ""  # the real clock
    finished(started(site, MADE))
    with site.served() as port:
        changed(port, datetime(2020, 1, 1, tzinfo=UTC))
        time.sleep(0.01)
        asked, rounds = datetime.now(UTC), []
        begun = asked
        writers = [started(site, WRITER, "0", "10"), started(site, WRITER, "10", "20")]
        running = True
        while running:
            running = any(writer.poll() is None for writer in writers)
            following = datetime.now(UTC)
            rounds.append(changed(port, asked))
            asked = following
        for writer in writers:
            finished(writer)
        assert len(set.union(*rounds)) == 20
        assert len(rounds) > 3
        assert changed(port, begun) == set.union(*rounds)
        time.sleep(0.01)
        assert changed(port, datetime.now(UTC)) == set()
