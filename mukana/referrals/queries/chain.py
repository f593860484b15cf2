"""Is the history of a case whole?"""

from __future__ import annotations

from mukana.referrals.models import Referral, Transition
from mukana.referrals.rules.history import Word, broken_at


def words_of(row: Transition) -> list[Word]:
    """What a link's digest is made of; its number first."""
    return [
        row.number, str(row.referral_id), row.thing, str(row.thing_id), row.source, row.target, row.role, row.by,
        row.channel, row.reason, row.at.timestamp(),
    ]  # fmt: skip


def broken_link(case: Referral) -> int:
    """The number of the first link that does not follow from those before it; 0 when the chain is whole."""
    rows = list(Transition.objects.filter(referral=case).order_by("number"))
    broken = broken_at((words_of(row), row.hash) for row in rows)
    last = (rows[-1].number, rows[-1].hash) if rows else (0, "")
    return broken or (0 if (case.chain, case.chain_hash) == last else last[0] + 1)
