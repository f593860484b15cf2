"""`mukana serve`: pages and JSON from granian, with the background work beside it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mukana.web.preparing import prepare

LOOK_EVERY_S = 0.5
PATIENCE_S = 10


class Command(BaseCommand):
    help = "Palvele sivuja tässä koneessa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        check_port(options["host"], options["port"])
        prepare()
        address = os.environ.setdefault("MUKANA_BASE_URL", f"http://localhost:{options['port']}")
        tell_address(address)
        self.stdout.write(f"Mukana palvelee osoitteessa {address}/  (lopeta: Ctrl-C)")
        self.stdout.flush()
        signal.signal(signal.SIGTERM, _leave)
        try:
            code = run(server_command(options["host"], options["port"], options["workers"]), work_command())
        except KeyboardInterrupt:
            self.stdout.write("Mukana lopetti: sitä pyydettiin lopettamaan.")
            return
        self.stderr.write(why_ended(code))
        sys.exit(code if code > 0 else 1)


def run(server: list[str], work: list[str]) -> int:
    """Run both until the server ends, and give its exit code.  A worker that ends is started again."""
    serving, working = subprocess.Popen(server), subprocess.Popen(work)
    try:
        while serving.poll() is None:
            time.sleep(LOOK_EVERY_S)
            if working.poll() is not None:
                time.sleep(LOOK_EVERY_S)
                working = subprocess.Popen(work)
        return serving.returncode
    finally:
        for process in (serving, working):
            stop(process)


def why_ended(code: int) -> str:
    """A sentence on a server that ended by itself; below zero the code is the signal that ended it."""
    if code == 0:
        return "Mukana lopetti: palvelin päättyi itsestään ilman virhettä."
    if code == -signal.SIGKILL:
        return "Mukana lopetti: käyttöjärjestelmä lopetti palvelimen. Usein syynä on muistin loppuminen."
    if code < 0:
        return f"Mukana lopetti: palvelin sai signaalin {signal.Signals(-code).name}."
    return f"Mukana lopetti: palvelin päättyi virheeseen (paluuarvo {code}). Syy lukee yllä."


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; make it end when it does not."""
    process.terminate()
    try:
        process.wait(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def check_port(host: str, port: int) -> None:
    """Say it in words when the port is somebody's already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Porttia {port} ei saatu ({error}). Valitse toinen, esimerkiksi: mukana serve --port 8010") from error


def tell_address(address: str) -> None:
    """Keep the address for links that other commands print; readers never see half of it."""
    unfinished = settings.ADDRESS_FILE.with_name(f"address.{os.getpid()}")
    unfinished.write_text(address)
    unfinished.replace(settings.ADDRESS_FILE)


def work_command() -> list[str]:
    """The background work's command line."""
    return [sys.executable, "-m", "mukana.config.cli", "work"]


def server_command(host: str, port: int, workers: int) -> list[str]:
    """The server's command line: each worker is one process with a few threads for slow clients."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "mukana.config.wsgi:application",
    ]  # fmt: skip


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    """SIGTERM ends as Ctrl-C does, so that nothing is left running."""
    raise KeyboardInterrupt
