"""Is the history of a case whole?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from mukana.referrals.models import Referral, Transition
from mukana.referrals.rules.history import Word, broken_at

NO_HISTORY = (0, "")


def words_of(row: Transition) -> list[Word]:
    """What a link's digest is made of; its number first."""
    return [
        row.number, str(row.referral_id), row.thing, str(row.thing_id), row.source, row.target, row.role, row.by,
        row.channel, row.reason, row.at.timestamp(),
    ]  # fmt: skip


def broken_link(case: Referral) -> int:
    """The number of the first link that does not follow from those before it; 0 when the chain is whole."""
    return _broken((case.chain, case.chain_hash), list(Transition.objects.filter(referral=case).order_by("number")))


def broken_cases() -> list[UUID]:
    """The cases whose history is not whole, all of them read in one go."""
    ends = {key: (number, digest) for key, number, digest in Referral.objects.values_list("pk", "chain", "chain_hash")}
    rows = Transition.objects.order_by("referral_id", "number").iterator(chunk_size=5_000)
    broken = [case for case, links in groupby(rows, key=attrgetter("referral_id")) if _broken(ends.pop(case), list(links))]
    return broken + [case for case, end in ends.items() if end != NO_HISTORY]


def _broken(end: tuple[int, str], rows: Sequence[Transition]) -> int:
    broken = broken_at((words_of(row), row.hash) for row in rows)
    last = (rows[-1].number, rows[-1].hash) if rows else NO_HISTORY
    return broken or (0 if end == last else last[0] + 1)
