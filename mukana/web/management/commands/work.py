"""`mukana work`: what time and changes ask for, done one job after another."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules

from mukana.audit.actions.jobs import Worker
from mukana.lib import jobs
from mukana.search.actions import catch_up

PAUSE_S = 1.0


class Command(BaseCommand):
    help = "Tee taustatyöt: vie muutokset hakuun, lähetä viestit, tee yön työt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Tee kerran ja lopeta")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("jobs")
        worker = Worker()
        if options["once"]:
            worker.round(all_now=True)
            catch_up()  # also when somebody else held the index a moment ago
            return
        signal.signal(signal.SIGTERM, _leave)
        while not jobs.stopping(PAUSE_S):
            close_old_connections()  # a server that was started again is found, not stumbled on
            worker.round()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """A message that is just being sent is sent to its end: asked to go, the worker goes after it."""
    jobs.ask_to_stop()
