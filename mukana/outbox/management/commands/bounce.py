"""`mukana bounce < message`: what a mail server gives the address of returned e-mails."""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mukana.outbox.actions.reporting import take_returned
from mukana.outbox.dsn import MOST_BYTES


class Command(BaseCommand):
    help = "Lue palautunut sähköposti ja merkitse sen viesti palautuneeksi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mbox", type=Path, help="Postilaatikkotiedosto, jonka kaikki viestit luetaan")

    def handle(self, *args: Any, **options: Any) -> None:
        """The exit code is 0 also for what was not understood: a mail server must not return it again."""
        for raw in letters(options["mbox"]):
            told, marked = take_returned(raw)
            if told is None:
                self.stdout.write("Ei ollut ilmoitus palautuneesta viestistä.")
            elif marked:
                self.stdout.write(f"Merkittiin palautuneeksi: {told.message} {told.reason}")
            else:
                self.stdout.write(f"Ei muuttanut mitään: {told.action} {told.status}")


def letters(mbox: Path | None) -> Iterator[bytes]:
    """The letter of the standard input, or each of a mailbox file."""
    if mbox is None:
        yield sys.stdin.buffer.read(MOST_BYTES)
        return
    if not mbox.is_file():
        raise CommandError(f"Tiedostoa {mbox} ei ole.")
    for mail in mailbox.mbox(mbox, create=False):
        yield mail.as_bytes()
