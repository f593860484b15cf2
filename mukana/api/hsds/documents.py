"""Services ready as JSON: remembered, else kept in the database, else made in bulk."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction

from mukana.api import sql
from mukana.api.hsds.facts import service_facts
from mukana.api.hsds.loading import loaded
from mukana.api.hsds.telling import Telling
from mukana.api.models import ServiceDocument
from mukana.api.moments import moments_of
from mukana.api.patience import without_waiting
from mukana.api.remembering import UntilChange
from mukana.formats.hsds import service_at_location, service_full, service_listed
from mukana.formats.hsds_parts import dump
from mukana.formats.times import utc_ms
from mukana.lib.clock import now
from mukana.lib.rawrows import key_of

SHAPE = 1  # raise when the documents' contents change
KINDS = ("service", "group", "programme")  # what is a service in HSDS
BATCH = 200
KEPT = 1_000  # documents remembered by one process, some 8 MB


@dataclass(frozen=True, slots=True)
class Document:
    """A service whole, as in lists, and at its place (empty without one), each with the moment of its last change."""

    full: bytes
    listed: bytes
    site: bytes


_remembered: UntilChange[tuple[str, str, date, str], Document] = UntilChange(KEPT)


def documents(keys: Sequence[str], telling: Telling) -> list[Document]:
    """The documents of public entries in the order given; keys are 32 hexadecimal digits."""
    remembered = _remembered.held()
    kind = (stamp(settings.BASE_URL), telling.language, telling.today)
    missing = [key for key in keys if (*kind, key) not in remembered]
    fetched = _fetched(missing, telling) if missing else {}
    found = {key: remembered.get((*kind, key)) or fetched.get(key) for key in keys}
    remembered.update({(*kind, key): document for key, document in fetched.items()})
    return [document for key in keys if (document := found[key]) is not None]


def prepare(language: str, today: date, seconds: float) -> int:
    """Make ready what lists will ask for, for so long; gives how many documents were made."""
    ends, count, telling = monotonic() + seconds, 0, Telling(language, today)
    keys: list[str] = []
    while monotonic() < ends:
        before, keys = keys, sql.unready_services(KINDS, language, stamp(settings.BASE_URL), today, BATCH)
        if not keys or keys == before:  # all ready, or somebody writes and nothing could be kept
            break
        count += len(_made(keys, telling))
    return count


@lru_cache(maxsize=8)
def stamp(base_url: str) -> str:
    """Changes when documents made for another address or shape must not be served."""
    return blake2b(f"hsds{SHAPE}|{base_url}".encode(), digest_size=8).hexdigest()


def forget() -> None:
    """Drop what this process remembers (for tests, whose databases go back in time)."""
    _remembered.forget()


def _fetched(keys: list[str], telling: Telling) -> dict[str, Document]:
    bodies = sql.valid_services(keys, telling.language, stamp(settings.BASE_URL), telling.today)
    missing = [key for key in keys if key not in bodies]
    if missing:
        bodies |= _made(missing, telling)
    written = sql.written_at(list(bodies))
    moments = moments_of(list(bodies), written)
    return {key: _whole(*body, moments[key]) for key, body in bodies.items() if key in moments}


def _whole(full: bytes, listed: bytes, site: bytes, moment: datetime) -> Document:
    """Bodies with the moment put in: the whole and the listed get it at their end, the nested service of a site too."""
    end = b',"last_modified":"' + utc_ms(moment).encode() + b'"}'
    return Document(
        zlib.decompress(full)[:-1] + end, zlib.decompress(listed)[:-1] + end, zlib.decompress(site)[:-2] + end + b"}" if site else b""
    )


def _made(keys: list[str], telling: Telling) -> dict[str, tuple[bytes, bytes, bytes]]:
    """Build and keep.  The feed is read first, so what changes meanwhile makes the documents old."""
    position = sql.feed_position()
    rows = list(_built(keys, telling, position))
    try:
        with without_waiting(), transaction.atomic():
            ServiceDocument.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["entry", "language"],
                update_fields=["seq", "stamp", "holds_until", "whole", "listed", "site"],
                batch_size=100,
            )
    except (OperationalError, IntegrityError):  # somebody writes, or the entry has just gone
        pass
    return {key_of(row.entry_id): (bytes(row.whole), bytes(row.listed), bytes(row.site)) for row in rows}


def _built(keys: list[str], telling: Telling, position: int) -> Iterator[ServiceDocument]:
    found = loaded([UUID(key) for key in keys], now(), telling.today)
    for entry in found.entries:
        facts, holds_until = service_facts(entry, found, telling)
        site = service_at_location(facts, nested=True)
        yield ServiceDocument(
            entry_id=entry.pk,
            language=telling.language,
            seq=position,
            stamp=stamp(settings.BASE_URL),
            holds_until=holds_until,
            whole=zlib.compress(dump(service_full(facts)), 1),
            listed=zlib.compress(dump(service_listed(facts)), 1),
            site=zlib.compress(dump(site), 1) if site else b"",
        )
