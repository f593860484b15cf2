"""A light load generator: a few kept-alive connections, plain sockets, one thread each."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(slots=True)
class Outcome:
    """What one round of load gave: requests a second, latencies in milliseconds, failures."""

    per_second: float
    latencies_ms: list[float] = field(default_factory=list)
    failures: int = 0
    bytes_read: int = 0

    def percentile(self, share: float) -> float:
        """A latency percentile (0 … 1) in milliseconds."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    def median(self) -> float:
        """The median latency in milliseconds."""
        return statistics.median(self.latencies_ms) if self.latencies_ms else 0.0


def hammer(port: int, paths: Sequence[str], seconds: float, connections: int = 4, most: int | None = None) -> Outcome:
    """Ask the paths in turn over kept-alive connections for so many seconds, or `most` times on each."""
    outcome, guard = Outcome(0.0), threading.Lock()
    until = time.perf_counter() + seconds

    def one(offset: int) -> None:
        latencies, failures, size, turn = [], 0, 0, offset
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < until and (most is None or len(latencies) < most):
                started = time.perf_counter()
                status, length = ask(connection, paths[turn % len(paths)])
                latencies.append((time.perf_counter() - started) * 1000)
                failures += status != 200
                size += length
                turn += connections
        with guard:
            outcome.latencies_ms += latencies
            outcome.failures += failures
            outcome.bytes_read += size

    threads = [threading.Thread(target=one, args=(number,)) for number in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.per_second = len(outcome.latencies_ms) / (time.perf_counter() - started)
    return outcome


def ask(connection: socket.socket, path: str, headers: str = "") -> tuple[int, int]:
    """One GET; gives the status and the length of the body in bytes as it travels.  `headers` end in CRLF each."""
    connection.sendall(f"GET {quote(path, safe='/:?&=,%+')} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n{headers}\r\n".encode())
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(connection)
        return status, len(body)
    at = lower.index(b"content-length:") + 15
    length = int(lower[at : lower.find(b"\r\n", at) if b"\r\n" in lower[at:] else None])
    left = length - len(body)
    while left > 0:
        left -= len(_more(connection))
    return status, length


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(262144)
    if not data:
        raise ConnectionError("the server closed the connection")
    return data
