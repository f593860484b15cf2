"""`mukana serve`: pages and JSON from granian, with the background work beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Palvele sivuja tässä koneessa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        address = os.environ.setdefault("MUKANA_BASE_URL", f"http://localhost:{options['port']}")
        settings.ADDRESS_FILE.write_text(address)
        self.stdout.write(f"Mukana palvelee osoitteessa {address}/  (lopeta: Ctrl-C)")
        self.stdout.flush()
        worker = subprocess.Popen([sys.executable, "-m", "mukana.config.cli", "work"])
        try:
            server = subprocess.run(server_command(options["host"], options["port"], options["workers"]), check=False)
        except KeyboardInterrupt:
            return
        finally:
            worker.terminate()
            worker.wait(timeout=10)
        sys.exit(server.returncode)


def server_command(host: str, port: int, workers: int) -> list[str]:
    """The server's command line: each worker is one process with a few threads for slow clients."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "mukana.config.wsgi:application",
    ]  # fmt: skip
