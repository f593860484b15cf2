"""The lexicon in use, compiled.  A staff edit is in force in every process within a minute.

Compiling needs the morphology for some ten thousand words, so it is done once per
edition and kept as a file; a web process only reads that file.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from contextlib import nullcontext
from dataclasses import asdict
from functools import cache
from pathlib import Path

from django.conf import settings

from mukana.lib.locks import named_lock
from mukana.search.analysis.analyser import VERSION as ANALYSIS
from mukana.search.analysis.ready import ReadyAnalyser
from mukana.search.asking.planning import Knowledge
from mukana.search.concepts.compiling import VERSION as COMPILING
from mukana.search.concepts.compiling import Tables, compile_lexicon
from mukana.search.lexicon import Lexicon, default_text, from_text, load
from mukana.search.models import LexiconEdition

LOOK_EVERY_S = 20.0
_LONGEST_S = 600.0  # a lexicon compiled without libvoikko


class Current:
    """The knowledge of this process and when it was last looked after.

    A newer edition is made ready in a thread of its own, while the one before it answers:
    nobody's question waits for it.
    """

    def __init__(self) -> None:
        self._held: Knowledge | None = None
        self._looked_at = float("-inf")
        self._making: threading.Thread | None = None

    def get(self, fresh: bool) -> Knowledge:
        held = self._held
        if held is not None and not fresh and time.monotonic() - self._looked_at < LOOK_EVERY_S:
            return held
        newest = version()
        self._looked_at = time.monotonic()
        if held is not None and held.version == newest:
            return held
        edition = LexiconEdition.objects.first()
        if held is None or fresh:
            return self._make(edition)
        if self._making is None or not self._making.is_alive():
            self._making = threading.Thread(target=self._make, args=(edition,), name="lexicon", daemon=True)
            self._making.start()
        return held

    def _make(self, edition: LexiconEdition | None) -> Knowledge:
        """Asks the database nothing, so it may run anywhere."""
        lexicon, newest = from_text(edition.text) if edition else load(), _version_of(edition)
        made = self._held = Knowledge(lexicon, _tables(lexicon, newest), newest)
        return made

    def wait(self) -> None:
        """Until an edition that is being made is in force."""
        if self._making is not None:
            self._making.join()


_current = Current()


def knowledge(fresh: bool = False) -> Knowledge:
    """The newest edition, or the one before while the newest is made ready; the database is asked every LOOK_EVERY_S.

    `fresh` waits until the newest is ready.
    """
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
    """Compiled by whoever comes first; the others wait for the file."""
    folder = Path(settings.DATA) / "lexicon"
    path = folder / f"{ANALYSIS}-{COMPILING}-{version}.json"
    with nullcontext() if path.exists() else named_lock("lexicon", folder, _LONGEST_S):
        if path.exists():
            return Tables(**json.loads(path.read_text(encoding="utf-8")))
        return _compiled(lexicon, path)


def _compiled(lexicon: Lexicon, path: Path) -> Tables:
    tables = compile_lexicon(lexicon, ReadyAnalyser().analyse)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(tables), ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
    for old in path.parent.glob("*.json"):
        if old != path:
            old.unlink(missing_ok=True)
    return tables
