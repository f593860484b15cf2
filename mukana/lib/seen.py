"""I/O: what has come by its id, and with what content, without filling the memory.

The first fifty thousand are kept in memory; more go to a database without a name, which
lives in a temporary file and vanishes with it.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

IN_MEMORY = 50_000


class Seen:
    """Ids with the digests of their contents.  Ids are told apart by eight bytes of theirs."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._most = in_memory
        self._near: dict[int, bytes] = {}
        self._far: sqlite3.Connection | None = None

    def get(self, key: str) -> bytes | None:
        """The content that came with the id, None when it has not come."""
        number = _number(key)
        found = self._near.get(number)
        if found is None and self._far is not None:
            row = self._far.execute("SELECT digest FROM seen WHERE id = ?", (number,)).fetchone()
            found = row[0] if row else None
        return found

    def put(self, key: str, digest: bytes) -> None:
        """The id has come with this content; what it came with before is forgotten."""
        number = _number(key)
        self._near[number] = digest
        if len(self._near) > self._most:
            self._put_aside()

    def close(self) -> None:
        """Let go of the file, if there is one."""
        if self._far is not None:
            self._far.close()
            self._far = None
        self._near.clear()

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def _put_aside(self) -> None:
        if self._far is None:
            self._far = sqlite3.connect("", isolation_level=None)
            self._far.execute("PRAGMA journal_mode = OFF")
            self._far.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, digest BLOB) WITHOUT ROWID")
        self._far.execute("BEGIN")
        self._far.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", sorted(self._near.items()))
        self._far.execute("COMMIT")
        self._near.clear()


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
