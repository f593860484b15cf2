"""I/O: a file or an address as one stream of bytes, decompressed and never endless."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from mukana.lib.http import MEGABYTE, Limits, open_stream

_GZIP_MAGIC = b"\x1f\x8b"
_BUFFER = 256 * 1024
_BOMB_FREE_BYTES = 16 * MEGABYTE  # below this a high ratio is no danger


class StreamError(Exception):
    """A source that cannot be read: `code` tells why.

    Codes: missing, too_large, bomb, broken_gzip, encoding, not_json.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """Bounds of a source: bytes as they come, bytes after decompression, and their ratio."""

    max_bytes: int = 4096 * MEGABYTE
    max_unpacked_bytes: int = 16384 * MEGABYTE
    max_ratio: int = 200


_NO_LIMITS_GIVEN = StreamLimits()


@contextmanager
def open_source(
    target: str | Path, *, limits: StreamLimits = _NO_LIMITS_GIVEN, transport: httpx.BaseTransport | None = None
) -> Iterator[BinaryIO]:
    """A path or an http(s) address as a buffered binary stream; gzip is unpacked on the way.

    Raises StreamError or FetchError, also later while reading, when a limit is passed.
    """
    with ExitStack() as stack:
        counted = _Counted(_raw(stack, target, limits, transport), limits.max_bytes)
        packed = io.BufferedReader(counted, _BUFFER)
        if packed.peek(2)[:2] != _GZIP_MAGIC:
            yield packed
        else:
            yield io.BufferedReader(_Unpacked(packed, counted, limits), _BUFFER)


def _raw(stack: ExitStack, target: str | Path, limits: StreamLimits, transport: httpx.BaseTransport | None) -> Iterator[bytes]:
    if isinstance(target, str) and target.startswith(("http://", "https://")):
        bounds = Limits(max_bytes=limits.max_bytes, total_seconds=4 * 3600)
        return stack.enter_context(open_stream(target, limits=bounds, transport=transport)).chunks()
    try:
        file = stack.enter_context(Path(target).open("rb"))  # noqa: SIM115  # the stack closes it
    except OSError as error:
        raise StreamError("missing", f"{target}: {error.strerror}") from error
    return iter(lambda: file.read(_BUFFER), b"")


class _Counted(io.RawIOBase):
    """Pieces of bytes as a readable file that refuses to go past its limit."""

    def __init__(self, pieces: Iterator[bytes], max_bytes: int) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self._max = max_bytes
        self.seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub says any buffer
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
            self.seen += len(piece)
            if self.seen > self._max:
                raise StreamError("too_large", f"over {self._max} bytes")
        taken = min(len(buffer), len(self._rest))
        buffer[:taken] = self._rest[:taken]
        self._rest = self._rest[taken:]
        return taken


class _Unpacked(io.RawIOBase):
    """Gzip unpacked, guarded against files that unpack without end."""

    def __init__(self, packed: io.BufferedReader[_Counted], counted: _Counted, limits: StreamLimits) -> None:
        self._gzip = gzip.GzipFile(fileobj=packed)
        self._counted = counted
        self._limits = limits
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub says any buffer
        try:
            taken = self._gzip.readinto(buffer)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise StreamError("broken_gzip", str(error)) from error
        self._seen += taken
        if self._seen > self._limits.max_unpacked_bytes:
            raise StreamError("too_large", f"unpacks to over {self._limits.max_unpacked_bytes} bytes")
        allowed = max(_BOMB_FREE_BYTES, self._counted.seen * self._limits.max_ratio)
        if self._seen > allowed:
            raise StreamError("bomb", f"unpacks to over {self._limits.max_ratio} times its size")
        return taken
