"""Sites that may show a list, the policy that says so, and the code they paste.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

SEARCH, ORGANISER = "search", "organiser"
SORTS = (SEARCH, ORGANISER)
ROWS = (3, 5, 10, 20)
ROW_PX, FRAME_PX = 150, 160  # a row on a narrow page, and what stands around the list
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?")


def origin(text: str) -> str:
    """The origin of a site as somebody types or copies it ("www.kunta.fi/etusivu" → "https://www.kunta.fi"); "" when it is none.

    Plain http is taken only when it is written.
    """
    given = text.strip()
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        host = parts.netloc.rpartition("@")[2].encode("idna").decode().lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}"


def ancestors(sites: Iterable[str]) -> tuple[str, ...]:
    """Who may frame the page: ourselves (for the preview) and those sites."""
    return ("'self'", *sites)


def height(rows: int) -> int:
    """Pixels that hold the list where the script does not run."""
    return FRAME_PX + rows * ROW_PX


def code(address: str, script: str, title: str, rows: int) -> str:
    """What is pasted into a page of the other site."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height(rows)}" '
        f'loading="lazy" data-mukana style="border:0"></iframe>\n<script src="{escape(script)}" async></script>'
    )
