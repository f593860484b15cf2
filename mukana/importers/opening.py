"""I/O: a source's bytes from a path or a web address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mukana.importers.adapter import SourceError


def is_url(address: str) -> bool:
    """Is this to be fetched rather than opened?"""
    return address.lower().startswith(("http://", "https://"))


@contextmanager
def opened(address: str, error: type[SourceError]) -> Iterator[BinaryIO]:
    """The bytes of a file; trouble becomes the source's own error with a sentence in Finnish."""
    try:
        with Path(address).open("rb") as stream:
            yield stream
    except FileNotFoundError as problem:
        raise error("missing", f"Tiedostoa ei löydy: {address}") from problem
    except IsADirectoryError as problem:
        raise error("folder", f"Tämä on kansio, ei tiedosto: {address}") from problem
    except (OSError, ValueError) as problem:
        raise error("unreadable", f"Tiedostoa ei voitu lukea: {address}") from problem
