"""Which morphology this process uses.  Both give the same terms (tests/test_backends.py)."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from django.conf import settings

from mukana.search.analysis.convert import convert, packaged_source
from mukana.search.analysis.native import NotInstalled, Voikko
from mukana.search.analysis.transducer import Transducer


class Morphology(Protocol):
    """Word in lower case → analysis strings."""

    def lookup(self, word: str) -> list[str]: ...


@cache
def morphology() -> Morphology:
    """libvoikko where installed, else the mapped file (made at first use).

    MUKANA_MORPHOLOGY=mapped asks for the mapped file even where libvoikko is there.
    Raises NoTransducer when there is neither.
    """
    if os.environ.get("MUKANA_MORPHOLOGY", "") != "mapped":
        try:
            return Voikko()
        except NotInstalled:
            pass  # the usual case outside Debian: the package's own data serves as well
    return mapped()


@cache
def mapped() -> Transducer:
    """The mapped transducer, converted on this machine if that was not done yet."""
    path = Path(settings.DATA) / f"finnish-{_source_version()}.fst"
    if not path.exists():
        convert(packaged_source(), path)
    return Transducer(path)


def _source_version() -> str:
    try:
        return version("pyvoikko")
    except PackageNotFoundError:
        return "none"
