"""Some pairs of the demo are merged as if a coordinator had done it, so that merged entries can be looked at; others wait."""

from __future__ import annotations

from mukana.directory.models import SourceRow
from mukana.duplicates.actions import merge
from mukana.duplicates.models import Pair
from mukana.lib.clock import now

JOINED = {"pt-001": "ps-013", "pt-003": "ps-065"}  # row of the county's tray → row of the supply, which stays to be seen


def join_pairs(by: str) -> int:
    """Merge those of the pairs that still wait; gives how many."""
    rows = SourceRow.objects.filter(source__in=("demo", "palvelutarjotin"), row_id__in=[*JOINED, *JOINED.values()])
    entries = dict(rows.values_list("row_id", "entry_id"))
    joined = 0
    for twin, kept in JOINED.items():
        first, second = sorted(entry for row in (twin, kept) if (entry := entries.get(row)))
        pair = Pair.objects.filter(first_id=first, second_id=second, state="suggested").first()
        if pair is not None and entries[kept] is not None:
            merge(pair, keep=entries[kept], now=now(), by=by)
            joined += 1
    return joined
