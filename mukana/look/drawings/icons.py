"""I/O: reads the icons' drawings from `look/icons`; each once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "icons"
_NAME = re.compile(r"[a-z0-9-]+")
_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIcon(LookupError):
    """There is no such drawing in `look/icons`; copy it there from Phosphor, regular weight."""


@cache
def drawing(name: str, extra: str = "") -> str:
    """Inline SVG of an icon, hidden from screen readers: a word always stands beside it.

    Raises UnknownIcon.
    """
    path = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(name)
    match = _INSIDE.search(path.read_text(encoding="utf-8"))
    if match is None:
        raise UnknownIcon(f"{name} is not an SVG drawing")
    classes = f"i {extra}".strip()
    return f'<svg class="{classes}" viewBox="0 0 256 256" aria-hidden="true">{match[1]}</svg>'


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))
