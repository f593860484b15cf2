"""What each party sees of a resident: minimum data, permission by field group, address protection over all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mukana.referrals.rules.codes import AREA, CONTACT, LANGUAGE, NAME, PICK_UP, PRACTICALITIES, WISH

PREVIEW, RECEIVER, COMPANION, FEEDBACK, EMERGENCY, STAFF = "preview", "receiver", "companion", "feedback", "emergency", "staff"
EXPORT = "export"  # an authorised system: nothing that names or reaches anybody, no free text

# Field → the group of permission it needs ("" : none).
_GROUP = {
    "age_band": AREA, "area": AREA, "wish": WISH, "practical": PRACTICALITIES, "language": LANGUAGE, "company": PRACTICALITIES,
    "name": NAME, "first_name": NAME, "phone": CONTACT, "email": CONTACT, "safe": "", "address": PICK_UP,
}  # fmt: skip
_ALLOWED: dict[str, tuple[str, ...]] = {
    PREVIEW: ("age_band", "area", "wish", "practical", "language", "company"),
    RECEIVER: ("age_band", "area", "wish", "practical", "language", "company", "name", "phone", "email", "safe"),
    COMPANION: ("first_name", "phone", "practical", "safe", "address"),
    FEEDBACK: (),
    EMERGENCY: ("name", "phone", "email", "safe"),
    EXPORT: ("age_band", "area", "practical", "language"),
    STAFF: ("age_band", "area", "wish", "practical", "language", "name", "phone", "email", "safe", "address"),
}
_PLACE_FIELDS = frozenset({"area", "address"})  # where somebody lives
_WITHOUT_PERMISSION = frozenset({EMERGENCY, STAFF, EXPORT})


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known of a resident that any party could ever see; values are words or lists of codes."""

    values: Mapping[str, object]
    protected: bool = False
    safe: frozenset[str] = field(default_factory=frozenset)


def shown(audience: str, facts: Facts, granted: Collection[str]) -> dict[str, object]:
    """The fields that the audience sees, given the field groups it has permission to.

    Address protection removes every field that tells where somebody lives, for everybody, staff too; a way of contact
    that safe contact forbids altogether is not given to anybody outside.
    """
    found: dict[str, object] = {}
    for name in _ALLOWED[audience]:
        if facts.protected and name in _PLACE_FIELDS:
            continue
        if audience not in _WITHOUT_PERMISSION and _GROUP[name] and _GROUP[name] not in granted:
            continue
        if audience != STAFF and _forbidden(name, facts.safe):
            continue
        if value := facts.values.get(name):
            found[name] = value
    return found


def _forbidden(name: str, safe: frozenset[str]) -> bool:
    if name == "email":
        return "no_email" in safe
    return name == "phone" and {"no_call", "no_sms"} <= safe
