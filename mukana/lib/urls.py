"""Web addresses from sources, made safe to put into a link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MAX_LENGTH = 500
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TYPING_SLIPS = re.compile(r"^(https?)(?::/?(?!/)|//)", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{1,62}", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\\\"<>^`{|}]")


def safe_url(value: str | None) -> str:
    """An http or https address of at most 500 characters, or "".

    A missing scheme is added ("www.multia.fi" → "https://www.multia.fi"), common slips
    are mended ("http:/multia.fi").  Other schemes, user names in the address, hosts
    without a dot and characters that could break out of an attribute give "".
    """
    parts = (value or "").strip().split(None, 1)
    if not parts:
        return ""
    url = _TYPING_SLIPS.sub(r"\1://", parts[0].rstrip(",;"))
    if url.startswith("//"):
        url = f"https:{url}"
    elif not _SCHEME.match(url) or _port_without_scheme(url):
        url = f"https://{url}"
    return url if _is_safe(url) else ""


def host(url: str) -> str:
    """The host of an address for people: "www.multia.fi" → "multia.fi"."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _port_without_scheme(url: str) -> bool:
    """`multia.fi:8080/x` looks like a scheme but is a host with a port."""
    return bool(re.match(r"[\w.-]+\.[\w-]+:\d", url))


def _is_safe(url: str) -> bool:
    if len(url) > MAX_LENGTH or _FORBIDDEN.search(url):
        return False
    try:
        split = urlsplit(url)
        port_is_number = split.port is None or split.port > 0
    except ValueError:
        return False
    if split.scheme.lower() not in ("http", "https") or "@" in split.netloc:
        return False
    return port_is_number and bool(_HOST.fullmatch(split.hostname or ""))
