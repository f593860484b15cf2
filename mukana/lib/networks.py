"""Which hosts are inside: this very machine, its own network, or the cloud's page of secrets."""

from __future__ import annotations

import socket
from ipaddress import ip_address


def is_inner(host: str) -> bool:
    """Is the host, or any address its name leads to, not an address of the open network?  A name that leads nowhere is not inner."""
    name = host.strip("[]").rstrip(".").casefold()
    if name == "localhost" or name.endswith((".localhost", ".internal")):
        return True
    return any(not ip_address(found).is_global for found in _addresses(name))


def _addresses(name: str) -> set[str]:
    try:
        return {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()
