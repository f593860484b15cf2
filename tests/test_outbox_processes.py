"""Real workers and a real mail server: nothing goes twice, and a killed worker leaves an honest state behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from mukana.outbox.tests.ends import MailBox, mail_server
from tests.sites import ROOT, Site, finished

WRITE = """
from mukana.outbox.actions import send_email
for number in range({count}):
    send_email(to=f"n{{number}}@b.fi", subject="Hei", text="Terve!", kind="test", key=f"once:{{number}}")
"""
STATES = "from mukana.outbox.models import Message; print(' '.join(sorted(Message.objects.values_list('state', flat=True))))"


@pytest.fixture
def box(site: Site) -> Iterator[MailBox]:
    with mail_server(MailBox()) as box:
        site.environment |= {"MUKANA_SMTP_URL": f"smtp://127.0.0.1:{box.port}", "MUKANA_NOW": "2026-11-22T10:00"}
        yield box


def told(site: Site, code: str) -> str:
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "mukana.config.settings"}
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    return subprocess.run(command, env=environment, cwd=ROOT, text=True, check=True, capture_output=True).stdout.strip()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_workers_at_once_send_every_message_once(site: Site, box: MailBox) -> None:
    told(site, WRITE.format(count=150))
    both = [site.start("work", "--once") for _ in range(2)]
    for process in both:
        finished(process)
    assert Counter(to for letter in box.letters for to in letter.rcpt_tos) == Counter(f"n{number}@b.fi" for number in range(150))
    assert told(site, STATES).split() == ["sent"] * 150


def test_a_worker_killed_while_sending_leaves_one_unknown_that_is_not_sent_again(site: Site, box: MailBox) -> None:
    told(site, WRITE.format(count=3))
    box.slow_s = 5
    worker = site.start("work")
    until(lambda: len(box.letters) == 1)
    worker.kill()
    worker.communicate()
    box.slow_s = 0
    site.run("work", "--once")
    assert told(site, STATES) == "sending sent sent"
    site.environment["MUKANA_NOW"] = "2026-11-22T10:11"
    site.run("work", "--once")
    assert told(site, STATES) == "sent sent unknown"
    assert len(box.letters) == 3


def test_a_worker_asked_to_go_sends_its_message_to_the_end(site: Site, box: MailBox) -> None:
    told(site, WRITE.format(count=3))
    box.slow_s = 2
    worker = site.start("work")
    until(lambda: len(box.letters) == 1)
    worker.terminate()
    finished(worker)
    assert told(site, STATES) == "queued queued sent"
