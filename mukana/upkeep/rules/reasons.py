"""Why an entry is not seen, or is seen less than it could be: every reason at once, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass

from mukana.directory.freshness import AGELESS, AT_HOME, DUE, EXPIRED, LATE

HIDDEN = (
    "draft", "withdrawn", "gone_from_source", "merged", "do_not_list", "organisation_do_not_list", "no_name",
)  # fmt: skip
HARDER = ("over", "season_over", "no_dates", "expired", "late", "due", "no_topic", "no_point", "no_contact", "no_organiser")
DATED = frozenset({"group", "event"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an entry.  `dates` is ahead, past or none; `schedule` is running, ended or none."""

    kind: str
    form: str = ""
    status: str = "published"
    merged: bool = False
    do_not_list: bool = False
    organisation_do_not_list: bool = False
    gone_from_source: bool = False
    named: bool = True
    dates: str = "ahead"
    schedule: str = "none"
    freshness: str = "fresh"
    topics: int = 1
    placed: bool = True
    contact: bool = True
    organiser: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """`hides`: nobody finds the entry because of this; else it is only harder to find."""

    code: str
    hides: bool


def reasons(standing: Standing) -> list[Reason]:
    """Every reason there is; an empty list means that the entry is seen as well as it can be."""
    held = {**_hiding(standing), **_dating(standing), **_lacking(standing)}
    return [Reason(code, code in HIDDEN) for code in (*HIDDEN, *HARDER) if held[code]]


def _hiding(one: Standing) -> dict[str, bool]:
    withdrawn = one.status == "withdrawn"
    return {
        "draft": one.status == "draft",
        "withdrawn": withdrawn and not one.gone_from_source,
        "gone_from_source": withdrawn and one.gone_from_source,
        "merged": one.merged,
        "do_not_list": one.do_not_list and not one.organisation_do_not_list,
        "organisation_do_not_list": one.organisation_do_not_list,
        "no_name": not one.named,
    }


def _dating(one: Standing) -> dict[str, bool]:
    dated = one.kind in DATED and one.dates != "ahead"
    ended = dated and one.schedule == "ended"
    return {
        "over": dated and one.dates == "past" and not ended,
        "season_over": ended,
        "no_dates": dated and one.dates == "none" and not ended,
        "expired": one.freshness == EXPIRED,
        "late": one.freshness == LATE,
        "due": one.freshness == DUE,
    }


def _lacking(one: Standing) -> dict[str, bool]:
    return {
        "no_topic": one.topics == 0,
        "no_point": not one.placed and one.form not in AT_HOME,
        "no_contact": not one.contact and one.kind not in AGELESS,
        "no_organiser": not one.organiser and one.kind not in AGELESS,
    }
