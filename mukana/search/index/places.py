"""Where indexes live: one folder per making, a pointer file names the one that answers.

INDEX_ROOT/v1-1/20261122T101500.123456/   tantivy files and state.json
INDEX_ROOT/v1-1/current                   the name of the folder that answers

The outer folder carries the versions of schema and analysis, so a changed program
never reads an old index.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from mukana.search.analysis.analyser import VERSION as ANALYSIS
from mukana.search.index.schema import VERSION as SCHEMA

_STATE = "state.json"
_POINTER = "current"


@dataclass(frozen=True, slots=True)
class State:
    """What an index holds: the change feed up to `position`, concepts of `lexicon`."""

    position: int = 0
    lexicon: str = ""


def root() -> Path:
    """Folder of the indexes of this program version."""
    folder = _outer()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _outer() -> Path:
    return Path(settings.INDEX_ROOT) / f"v{SCHEMA}-{ANALYSIS}"


def current() -> Path | None:
    """Folder of the answering index, or None before the first build."""
    outer = _outer()  # every search asks, so the folder is not made here
    try:
        folder = outer / (outer / _POINTER).read_text()
    except FileNotFoundError:
        return None
    return folder if (folder / "meta.json").exists() else None


def pointer() -> str:
    """Path of the file that names the answering index; every search asks, so it is put together as text."""
    return f"{settings.INDEX_ROOT}/v{SCHEMA}-{ANALYSIS}/{_POINTER}"


def new_folder() -> Path:
    """An empty folder for a build."""
    folder = root() / f"{time.strftime('%Y%m%dT%H%M%S')}.{time.time_ns() % 1_000_000_000}"
    folder.mkdir()
    return folder


def swap_in(folder: Path) -> None:
    """Makes `folder` the answering index; the one before the previous goes away."""
    previous = current()
    _write(root() / _POINTER, folder.name)
    for other in root().iterdir():
        if other.is_dir() and other not in (folder, previous):
            shutil.rmtree(other, ignore_errors=True)


def read_state(folder: Path) -> State:
    """State of the index in `folder`; the empty state when it was never written."""
    try:
        return State(**json.loads((folder / _STATE).read_text()))
    except FileNotFoundError:
        return State()


def write_state(folder: Path, state: State) -> None:
    """Written after a commit: a crash between makes the same changes run again, which does no harm."""
    _write(folder / _STATE, json.dumps(asdict(state)))


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.replace(path)
