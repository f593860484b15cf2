"""I/O: writing the dumps; each file takes its name only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from mukana.api.dump.records import records
from mukana.api.dump.table import Names, lines
from mukana.api.hsds import answers
from mukana.api.hsds.asking import Conditions, NamedQuestion, Question
from mukana.api.hsds.telling import Telling
from mukana.directory.drafts import EntryDraft
from mukana.formats.exchange import DUMP, Header, Record, site_id
from mukana.formats.exchange import lines as exchange_lines
from mukana.lib.clock import now
from mukana.lib.locks import named_lock
from mukana.lib.moments import ZONE

FOLDER = "avoin-data"
JSONL, TABLE = Path(DUMP).name, "mukana.csv"
SERVED = {JSONL: "application/x-ndjson", TABLE: "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class File:
    """A dump as it lies there."""

    name: str
    size: int
    made_at: datetime


def folder() -> Path:
    """Where the nightly dumps of this machine are."""
    return Path(settings.DATA) / FOLDER


def written() -> list[File]:
    """The dumps that are there."""
    return [_file(name) for name in SERVED if (folder() / name).exists()]


def _file(name: str) -> File:
    facts = (folder() / name).stat()
    return File(name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, ZONE))


def write_exchange(target: Path) -> int:
    """Everything for another Mukana and, beside it, the entries for a spreadsheet; one reading of the hub.  Gives the count."""
    target.mkdir(parents=True, exist_ok=True)
    header = Header(site_id(settings.BASE_URL), "Mukana", settings.BASE_URL, now())
    rows: list[list[str]] = []
    counted = _Counted(rows)
    with named_lock("avoin-data", Path(settings.DATA) / "locks", 600), whole(target / JSONL) as file, whole(target / TABLE) as table:
        for line in exchange_lines(header, counted.passing(records())):
            file.write(line)
            if len(rows) >= 500:
                counted.empty(table)
        counted.empty(table)
    return counted.count


def write_hsds(target: Path, language: str = "fi") -> dict[str, int]:
    """HSDS as lines of JSON, a file of each kind.  Gives the counts."""
    target.mkdir(parents=True, exist_ok=True)
    telling = Telling(language, now().date())
    everything, named = Question(ndjson=True, full=True), NamedQuestion(ndjson=True, full=True)
    sites = Question(Conditions(placed=True), ndjson=True)
    kinds = {
        "services": answers.services(everything, telling),
        "service_at_locations": answers.sites(sites, telling),
        "organizations": answers.organizations(named, telling),
        "taxonomies": answers.taxonomies(named, telling),
        "taxonomy_terms": answers.terms(named, telling),
    }
    return {name: _lines_into(target / f"{name}.ndjson", body) for name, body in kinds.items()}


class _Counted:
    """Records on their way, their rows gathered for the table."""

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows, self._names, self._begun = rows, Names(), False
        self.count = 0

    def passing(self, found: Iterable[Record]) -> Iterator[Record]:
        for record in found:
            self.count += 1
            self._names.note(record)
            if isinstance(record.draft, EntryDraft):
                self._rows.append(self._names.row(record))
            yield record

    def empty(self, table: IO[str]) -> None:
        """Write the gathered rows, the heading before the first."""
        told = lines(self._rows)
        heading = next(told)
        if not self._begun:
            table.write(heading)
        self._begun = True
        table.writelines(told)
        self._rows.clear()


def _lines_into(path: Path, body: answers.Body) -> int:
    count = 0
    with whole(path) as file:
        for line in [body] if isinstance(body, bytes) else body:
            file.write(line.decode())
            count += 1
    return count


@contextmanager
def whole(path: Path, mode: int = 0o666) -> Iterator[IO[str]]:
    """A file that others see only when it is ready; `mode` 0o600: nobody but its owner."""
    unready = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(unready, "w", encoding="utf-8", newline="", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
        unready.replace(path)
    finally:
        unready.unlink(missing_ok=True)
