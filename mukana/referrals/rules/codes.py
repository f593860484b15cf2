"""The vocabularies of referrals: roles, queues, channels, reasons, outcomes, field groups."""

from __future__ import annotations

from dataclasses import dataclass

# Whose decision a move is.  Staff who write down a phone call act in the caller's role, with the channel recorded.
REFERRER, RESIDENT, PROXY, COORDINATOR, LINK_WORKER = "referrer", "resident", "proxy", "coordinator", "link_worker"
RECEIVER, COMPANION, COMPANIONS = "receiver", "companion", "companions"  # companions: who coordinates support persons
SYSTEM, PRIVACY = "system", "privacy"
ROLES = (REFERRER, RESIDENT, PROXY, COORDINATOR, LINK_WORKER, RECEIVER, COMPANION, COMPANIONS, SYSTEM, PRIVACY)

# Whose turn it is: a queue, and within it a person when one has been named.
DEPUTY, LEAD = "deputy", "lead"
QUEUES = (REFERRER, COORDINATOR, DEPUTY, LEAD, LINK_WORKER, RECEIVER, COMPANION, COMPANIONS, PRIVACY)

CHANNELS = ("screen", "link", "sms", "phone", "paper", "face", "email", "letter", "system")

URGENCIES = ("normal", "urgent")

NEEDS = ("lonely", "move_more", "sleep_tired", "low_mood", "memory_worry", "family_load", "food_weight", "want_help_others", "life_change")
PRACTICAL = ("wheelchair", "walker", "hearing", "vision", "ride", "interpreter", "companion", "child_along", "calm", "ground_floor")
AGE_BANDS = ("under_18", "18_29", "30_49", "50_64", "65_74", "75_84", "85_over", "unknown")

OUTCOMES = (
    "attending_regularly", "attended_and_ended_well", "own_path_found", "attended_dropped_out", "no_suitable_service",
    "full_everywhere", "declined_by_resident", "unreachable", "moved_or_deceased", "handed_to_health_or_social_care", "duplicate",
)  # fmt: skip
ALWAYS_CLOSABLE = frozenset({"moved_or_deceased", "duplicate"})

DECLINE_REASONS = (
    "full", "not_target_group", "too_far", "time_unsuitable", "needs_more_support", "accessibility", "price", "not_running",
    "safety", "other",
)  # fmt: skip
RESIDENT_REASONS = ("not_interested", "health", "transport", "price", "alone", "time", "language", "atmosphere", "other")
SMS_REASONS = dict(enumerate(RESIDENT_REASONS, 1))  # one digit answers why

ATTEMPT_RESULTS = ("reached", "no_answer", "busy", "asked_to_call_later", "left_message", "wrong_number")

ERRANDS = (
    "ring_receiver", "act_on_decline", "ring_resident", "talk", "post_letter", "find_companion", "check_mark",
    "deletion_confirmed", "offer_alternative", "still_wanted", "ask_number", "confirm_error", "company_word",
    "decide_area", "tell_referrer",
)  # fmt: skip

# What one permission may let out, field group by field group.
AREA, WISH, PRACTICALITIES, LANGUAGE, NAME, CONTACT, PICK_UP = "area", "wish", "practical", "language", "name", "contact", "pick_up"
FIELD_GROUPS = (AREA, WISH, PRACTICALITIES, LANGUAGE, NAME, CONTACT, PICK_UP)

PERMISSION_KINDS = ("referral", "receiver", "feedback", "companion", "measures", "reminders")
METHODS = ("oral", "paper", "online", "signed_in")


class Refused(Exception):
    """Something that may not be done; `code` is stable, `facts` help to say it in words."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, in whose role and through which channel.

    `by` is a person's id, "link:…" or "system"; `role` whose decision it is (a receiver's yes taken by phone by staff:
    role receiver, channel phone).  `key`: the same key does the deed once, however often the button is pressed.
    """

    by: str
    role: str
    channel: str = "screen"
    key: str = ""


SYSTEM_DEED = Deed("system", SYSTEM, "system")
