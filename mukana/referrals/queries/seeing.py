"""What a party sees of a resident: the one place where permission, address protection and safe contact meet."""

from __future__ import annotations

from datetime import datetime

from mukana.lib.composed import Composed, Hole
from mukana.lib.phones import normal
from mukana.referrals.models import Permission, Placement, Referral, Resident
from mukana.referrals.rules.cases import SHUT
from mukana.referrals.rules.disclosure import Facts, shown
from mukana.referrals.rules.permitting import Grant, granted, permitted
from mukana.referrals.rules.reaching import Reach
from mukana.upkeep.queries.contact import MOBILE

_GIVEN = ("kind", "groups", "given_at", "entry_id", "valid_to", "withdrawn_at")
_GRANTS = Composed(lambda: Permission.objects.filter(referral=Hole("case")).order_by("pk").values_list(*_GIVEN))


def grants_of(case: Referral) -> list[Grant]:
    """Every permission of a case as rules see them."""
    return [
        Grant(kind, frozenset(groups), given_at, str(entry or ""), valid_to, withdrawn_at)
        for kind, groups, given_at, entry, valid_to, withdrawn_at in _GRANTS.all(case=case.pk)
    ]


def is_permitted(case: Referral, kind: str, now: datetime, entry: object = "") -> bool:
    """Does a permission of the kind stand?  None does without the first one, the permission to the referral itself."""
    grants = grants_of(case)
    return permitted(grants, "referral", now) and permitted(grants, kind, now, str(entry or ""))


def is_shut(case: Referral) -> bool:
    """Is nothing of the resident shown to anybody any more, staff too: the resident took it back, or it ought not to be?"""
    return case.state in SHUT


def is_taken_back(case: Referral, kind: str, now: datetime) -> bool:
    """Was a permission of the kind given and taken back?  (One that was never asked for is something else.)"""
    found = [one for one in grants_of(case) if one.kind == kind]
    return bool(found) and not any(one.stands(now) for one in found)


def reach_of(resident: Resident) -> Reach:
    """How the resident may be reached."""
    number = normal(resident.phone)
    return Reach(
        resident.preferred,
        has_mobile=number.startswith(MOBILE),
        has_phone=bool(number),
        has_email=bool(resident.email),
        has_address=bool(resident.address),
        safe=frozenset(resident.safe),
        protected=resident.protected,
    )


def facts_of(case: Referral) -> Facts:
    """Everything that any party could see; `shown` decides."""
    resident = case.resident
    address = resident.address or {}
    values: dict[str, object] = {
        "age_band": resident.age_band,
        "area": str(case.area),
        "wish": case.wish,
        "practical": list(resident.practical),
        "language": resident.language,
        "company": case.wants_companion,
        "name": resident.name,
        "first_name": resident.name.split(" ")[0],
        "phone": resident.phone,
        "email": resident.email,
        "safe": list(resident.safe),
        "address": ", ".join(str(part) for part in address.values() if part),
    }
    return Facts(values, resident.protected, frozenset(resident.safe))


def view_for(audience: str, placement: Placement, now: datetime) -> dict[str, object]:
    """What a receiver or a companion of the placement sees now."""
    case = placement.referral
    grants = grants_of(case)
    if is_shut(case) or not permitted(grants, "referral", now):
        return {}
    kind, entry = ("companion", "") if audience == "companion" else ("receiver", str(placement.entry_id or ""))
    return shown(audience, facts_of(case), granted(grants, kind, now, entry))


def view_of(audience: str, case: Referral) -> dict[str, object]:
    """What staff, or somebody in an emergency, see."""
    return {} if is_shut(case) else shown(audience, facts_of(case), ())
