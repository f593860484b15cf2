"""When a source is fetched again, and what a row's absence means.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=24)
SMALL = 10  # this few missing rows never mean that a source has broken
SURE = timedelta(hours=12)  # a row missing in two whole reads this far apart is gone


def next_fetch(now: datetime, every_hours: int | None, failures: int, retry_after: int = 0) -> datetime | None:
    """When to fetch next; None when the source is fetched by hand only.

    After `failures` failures in a row: 15 minutes, doubling, at most a day, never sooner than the
    server asked (`retry_after`, seconds) and never later than the source's own rhythm.
    """
    if every_hours is None:
        return None
    rhythm = timedelta(hours=every_hours)
    if not failures:
        return now + rhythm
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return now + max(min(pause, rhythm), timedelta(seconds=retry_after))


def has_shrunk(held: int, missing: int) -> bool:
    """Is so much missing that the source is more likely broken than emptied?

    `held`: rows that stood before the read, `missing`: those of them that it did not bring (past happenings not counted).
    """
    return missing > SMALL and missing * 2 > held


@dataclass(frozen=True, slots=True)
class Missing:
    """A row that a whole read did not bring."""

    absent_since: datetime | None
    others_present: bool  # the same entry has a row that was brought
    has_dates: bool  # the entry has had happenings
    comes: bool  # the entry (or, with others present, this row's own happening) is still ahead
    vouched: bool  # its keeper has confirmed it lately, by hand


def fate(row: Missing, now: datetime) -> str:
    """What happens to the row's record: passed, shortened, waits, doubted or withdrawn.

    - passed: only past happenings; feeds drop those, and nothing is done.
    - shortened: one coming date of a series is gone; that date is taken away.
    - waits: missing for the first time (or only a moment); still shown.
    - doubted: missing, but its keeper confirmed it; still shown, and the keeper is asked.
    - withdrawn: missing in two whole reads at least twelve hours apart; hidden, kept.
    """
    if row.has_dates and not row.comes:
        return "passed"
    if row.absent_since is None or now - row.absent_since < SURE:
        return "waits"
    if row.others_present:
        return "shortened" if row.has_dates else "passed"
    return "doubted" if row.vouched else "withdrawn"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who else holds on to a record that is about to go."""

    elsewhere: bool  # another source, or an earlier run, brought it too
    by_people: bool  # somebody has written over it, confirmed it or decided of it
    in_use: bool  # something that stays points at it: a referral, a photograph, feedback, an entry of another source


def stays(claim: Claim) -> str:
    """Why the record stays when its import is undone: elsewhere, people or use; "" when it goes."""
    if claim.by_people:
        return "people"
    if claim.elsewhere:
        return "elsewhere"
    return "use" if claim.in_use else ""


def may_undo(*, wrote: bool, undone: bool, later_wrote: bool) -> str:
    """Why a run cannot be undone: nothing, undone or later; "" when it can.

    Only the newest run that wrote something: what a later one wrote would otherwise lose its ground.
    """
    if undone:
        return "undone"
    if not wrote:
        return "nothing"
    return "later" if later_wrote else ""
