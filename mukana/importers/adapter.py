"""What a source offers the sync: rows in, drafts out.

Reading and mapping are two steps on purpose: an unchanged row is recognised by
the digest of its raw bytes, so it is never mapped, often not even parsed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mukana.directory.drafts import Draft

Names = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the source gave it.

    `number` counts from 1.  `row_id` is unique within the source, or empty when
    the row has none.  `data` is None when the row is not parsed yet (then the first
    line of `digest_source` is its JSON) or could not be read (then `problem` is a
    Finnish sentence that says why).  The same `digest_source` always gives the
    same drafts with the same mapping version.
    """

    number: int
    row_id: str
    kind: str
    data: dict[str, Any] | None
    digest_source: bytes
    problem: str = ""
    gone: bool = False  # the source says it has taken the row away; of a row never seen this means nothing, or its `problem`
    name: str = ""  # what people call the row, where its id is only our own
    old: bool = False  # a later row of the same file or folder replaces it


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that can not become drafts, and the Finnish sentence for the report."""

    reason: str


@dataclass(slots=True)
class Context:
    """What one run knows; give the same object to `read` and to `map`.

    `options` are the words the import was started with (see docs/importers.md).
    `names` is filled by `read` with the rows that other rows point at
    (`"keyword:k001"` → that row), so reading must stay ahead of mapping.
    `columns` is a table's column → field, confirmed by a coordinator.
    `cursor` is where the last run left off; `read` writes there how far it came.
    `noticed`: `map` puts there, as Finnish sentences, what it had to leave out of the row at hand.
    """

    options: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    columns: dict[str, str] | None = None
    cursor: dict[str, str] = field(default_factory=dict)
    noticed: list[str] = field(default_factory=list)


class SourceError(Exception):
    """A whole source could not be read.  `code` for programs, `sentence` (Finnish) for people.

    `retry_after`: seconds the source asks us to wait, or 0.
    """

    retry_after: int = 0

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


Read = Callable[[str, Context], Iterator[RawRow]]
Map = Callable[[RawRow, Context], "list[Draft] | Rejected"]


@dataclass(frozen=True, slots=True)
class SourceAdapter:
    """A source as the sync sees it.  `read` raises SourceError; `map` never raises.

    Raise `mapping_version` whenever the same row would give other drafts than before.
    """

    key: str
    label: str  # Finnish name for people
    read: Read
    map: Map
    mapping_version: int
    licence: str  # of the data when the row itself names none; empty = ask the giver
    attribution: str
    ordered: bool = False  # a feed of changes: of two rows with one id the later counts
    one_document: bool = False  # an address is one document, so an unchanged answer (304) means that nothing has changed


def payload(raw: RawRow) -> dict[str, Any] | Rejected:
    """The row's object, parsed now if reading left it for later."""
    if raw.problem:
        return Rejected(raw.problem)
    if raw.data is not None:
        return raw.data
    try:
        value = json.loads(raw.digest_source.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return Rejected("Rivi ei ole kelvollista JSON-muotoa.")
    if not isinstance(value, dict):
        return Rejected("Rivi ei ole JSON-olio.")
    return value
