"""Traces as a table that Excel opens: semicolons, UTF-8 with its mark, nothing that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from mukana.audit.queries import Deed
from mukana.lib.moments import as_local

HEAD = ("Aika", "Kuka", "Kenen puolesta", "Mitä teki", "Tieto", "Tunnus", "Lisätietoja")


def lines(deeds: Iterable[Deed]) -> Iterator[str]:
    """The table line by line."""
    yield "\ufeff" + line(HEAD)
    for deed in deeds:
        at = as_local(deed.at).strftime("%d.%m.%Y %H.%M.%S")
        yield line((at, deed.who, deed.on_behalf_of, deed.did, deed.what, deed.key, deed.detail))


def line(cells: Iterable[str]) -> str:
    """One line; a cell that begins as a formula gets an apostrophe, since names may come from anybody."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells])
    return out.getvalue()
