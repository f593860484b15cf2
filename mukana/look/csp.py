"""The content security policy as data: what a page may load, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

NONE = ("'none'",)
SELF = ("'self'",)
BASE: dict[str, tuple[str, ...]] = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": ("'self'", "data:"),
    "font-src": SELF,
    "connect-src": SELF,
    "media-src": SELF,
    "manifest-src": SELF,
    "worker-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
    "object-src": NONE,
}


def origin(url: str) -> str:
    """Scheme and host of an address ("https://tiles.example"); "" when it has none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def policy(images: str = "", changes: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """The header's value.  `images` is a tile address; `changes` replaces whole directives.

    A view that must differ (an embeddable list) sets the header itself; the middleware
    leaves it alone.
    """
    rules = {**BASE, **(changes or {})}
    extra = origin(images.replace("{s}.", ""))
    if extra:
        rules["img-src"] = (*rules["img-src"], extra)
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
