"""The lexicon in use, compiled.  A staff edit is in force in every process within half a minute.

Compiling needs the morphology for some ten thousand words, so it is done once per
edition and kept as a file; a web process only reads that file.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import asdict
from functools import cache
from pathlib import Path

from django.conf import settings

from mukana.search.analysis.analyser import VERSION as ANALYSIS
from mukana.search.analysis.analyser import analyse
from mukana.search.asking.planning import Knowledge
from mukana.search.concepts.compiling import VERSION as COMPILING
from mukana.search.concepts.compiling import Tables, compile_lexicon
from mukana.search.lexicon import Lexicon, default_text, from_text, load
from mukana.search.models import LexiconEdition

LOOK_EVERY_S = 20.0


class Current:
    """The knowledge of this process and when it was last looked after."""

    def __init__(self) -> None:
        self._held: Knowledge | None = None
        self._looked_at = float("-inf")

    def get(self, fresh: bool) -> Knowledge:
        held = self._held
        if held is not None and not fresh and time.monotonic() - self._looked_at < LOOK_EVERY_S:
            return held
        edition = LexiconEdition.objects.first()
        version = _version_of(edition)
        if held is None or held.version != version:
            lexicon = from_text(edition.text) if edition else load()
            held = self._held = Knowledge(lexicon, _tables(lexicon, version), version)
        self._looked_at = time.monotonic()
        return held


_current = Current()


def knowledge(fresh: bool = False) -> Knowledge:
    """The newest edition; asks the database at most every LOOK_EVERY_S unless `fresh`."""
    return _current.get(fresh)


def version() -> str:
    """The version of the newest edition, without reading it."""
    return _version_of(LexiconEdition.objects.only("pk").first())


def _version_of(edition: LexiconEdition | None) -> str:
    return f"{_shipped_version()}-{edition.pk if edition else 0}"


@cache
def _shipped_version() -> str:
    """Changes with the lexicon files of the program."""
    return hashlib.blake2b(default_text().encode(), digest_size=6).hexdigest()


def _tables(lexicon: Lexicon, version: str) -> Tables:
    folder = Path(settings.DATA) / "lexicon"
    path = folder / f"{ANALYSIS}-{COMPILING}-{version}.json"
    if path.exists():
        return Tables(**json.loads(path.read_text(encoding="utf-8")))
    tables = compile_lexicon(lexicon, analyse)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(tables), ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
    for old in folder.glob("*.json"):
        if old != path:
            old.unlink(missing_ok=True)
    return tables
