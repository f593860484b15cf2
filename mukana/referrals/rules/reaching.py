"""How a resident may be reached: the safe-contact rule and address protection, in one place for every output."""

from __future__ import annotations

from dataclasses import dataclass

from mukana.referrals.rules.codes import Refused

SMS, EMAIL, LETTER, CALL, IN_PERSON = "sms", "email", "letter", "call", "in_person"
WAYS = (SMS, EMAIL, LETTER, CALL, IN_PERSON)
SAFE_RULES = ("no_sms", "no_email", "no_letter", "no_call", "no_voicemail")


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a resident's channels: which there are, which is wished, which are forbidden."""

    preferred: str
    has_mobile: bool = False
    has_phone: bool = False
    has_email: bool = False
    has_address: bool = False
    safe: frozenset[str] = frozenset()
    protected: bool = False  # turvakielto: no address, no location, no letter with content


def usable(reach: Reach) -> tuple[str, ...]:
    """The ways that may be used, the wished one first; meeting in person always remains."""
    there = {
        SMS: reach.has_mobile,
        EMAIL: reach.has_email,
        LETTER: reach.has_address and not reach.protected,
        CALL: reach.has_phone or reach.has_mobile,
        IN_PERSON: True,
    }
    ways = [way for way in WAYS if there[way] and f"no_{way}" not in reach.safe]
    return tuple(sorted(ways, key=lambda way: (way != reach.preferred, WAYS.index(way))))


def may_ring(reach: Reach) -> bool:
    """May staff ring the resident?  Else no word of the desk says that somebody should."""
    return CALL in usable(reach)


def way_for(reach: Reach, *, urgent: bool = False) -> str:
    """The way to tell something: a call when it is urgent and a call is allowed, else the wished one."""
    ways = usable(reach)
    return CALL if urgent and CALL in ways else ways[0]


def check_way(reach: Reach, way: str) -> None:
    """The last gate before anything leaves.  Raises Refused."""
    if way not in usable(reach):
        raise Refused("forbidden_channel", way=way)


def check_voicemail(reach: Reach, result: str) -> None:
    """No message is left on a machine where that is forbidden.  Raises Refused."""
    if result == "left_message" and "no_voicemail" in reach.safe:
        raise Refused("no_voicemail")
