"""Reading the index: one opened searcher per process, renewed when the files changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from mukana.search.index import places
from mukana.search.index.schema import register, schema


class NoIndex(Exception):
    """No index has been built yet: run `mukana reindex`."""

    code = "no_index"


@dataclass(frozen=True, slots=True)
class Opened:
    """One state of the index: everything of one search uses the same one."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    documents: int
    stamp: tuple[str, int, int]
    state: places.State


_lock = threading.Lock()
_opened: Opened | None = None
_index: tuple[Path, tantivy.Index] | None = None


def opened() -> Opened:
    """The newest committed state.  Costs two stats when nothing changed.  Raises NoIndex."""
    global _opened
    folder = places.current()
    if folder is None:
        raise NoIndex
    meta = (folder / "meta.json").stat()
    stamp = (folder.name, meta.st_mtime_ns, meta.st_size)
    held = _opened
    if held is not None and held.stamp == stamp:
        return held
    with _lock:
        searcher = _reloaded(folder).searcher()
        _opened = Opened(searcher, schema(), searcher.num_docs, stamp, places.read_state(folder))
        return _opened


def _reloaded(folder: Path) -> tantivy.Index:
    global _index
    if _index is None or _index[0] != folder:
        index = register(tantivy.Index(schema(), path=str(folder)))
        index.config_reader(reload_policy="manual", num_warmers=0)
        _index = (folder, index)
    _index[1].reload()
    return _index[1]
