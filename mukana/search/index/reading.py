"""Reading the index: one opened searcher per process, renewed when the files changed."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from mukana.search.index import places
from mukana.search.index.schema import register, schema


class NoIndex(Exception):
    """No index has been built yet: run `mukana reindex`."""

    code = "no_index"


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One state of the index: everything of one search uses the same one."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    documents: int
    folder: str
    stamp: tuple[object, ...]
    state: places.State


class Reader:
    """The opened index of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._index: tuple[Path, tantivy.Index] | None = None

    def opened(self) -> Opened:
        held = self._opened
        if held is not None and held.stamp == _stamp(held.folder):
            return held
        folder = places.current()
        if folder is None:
            raise NoIndex
        with self._lock:
            stamp = _stamp(str(folder))
            searcher = self._reloaded(folder).searcher()
            made = Opened(searcher, schema(), searcher.num_docs, str(folder), stamp, places.read_state(folder))
            self._opened = made
            return made

    def _reloaded(self, folder: Path) -> tantivy.Index:
        if self._index is None or self._index[0] != folder:
            index = register(tantivy.Index(schema(), path=str(folder)))
            index.config_reader(reload_policy="manual", num_warmers=0)
            self._index = (folder, index)
        self._index[1].reload()
        return self._index[1]


def _stamp(folder: str) -> tuple[object, ...]:
    """Changes when another folder is made the answering one, and when this one gets a commit."""
    pointer = places.pointer()
    try:
        chosen, meta = os.stat(pointer), os.stat(f"{folder}/meta.json")
    except FileNotFoundError:
        return ()  # no stamp of anything opened: look closer
    return pointer, chosen.st_mtime_ns, chosen.st_ino, meta.st_mtime_ns, meta.st_size


_reader = Reader()


def opened() -> Opened:
    """The newest committed state.  Costs two stats when nothing changed.  Raises NoIndex."""
    return _reader.opened()
