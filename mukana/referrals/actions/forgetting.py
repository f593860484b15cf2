"""Making ended cases anonymous: counts stay, people go; also what was sent about them."""

from __future__ import annotations

from typing import Any

from mukana.audit.actions import record
from mukana.lib.clock import now
from mukana.outbox.models import Message
from mukana.referrals.models import BreakGlass, ContactAttempt, Errand, Goal, Letter, Placement, Referral, Resident, Session
from mukana.referrals.rules.writing import new_reference


def anonymise(rows: Any) -> int:
    """Empty every personal field of the cases, and what still tells who it was: who met them, which unit sent them, the
    reference on their letters.  A resident with another case that goes on keeps theirs.
    """
    cases = list(rows)
    keys = [case.pk for case in cases]
    moment = now()
    Referral.objects.filter(pk__in=keys).update(
        wish="", own_path="", referrer_email="", referrer_unit="", referrer=None, link_worker=None, anonymised_at=moment
    )
    for key in keys:
        Referral.objects.filter(pk=key).update(reference=new_reference())
    Session.objects.filter(placement__referral__in=keys).update(host="", bring="")
    ContactAttempt.objects.filter(referral__in=keys).update(note="")
    Letter.objects.filter(referral__in=keys).delete()
    Errand.objects.filter(referral__in=keys).update(words="")
    Goal.objects.filter(referral__in=keys).update(words="")
    Placement.objects.filter(referral__in=keys).update(counter_proposal="", offer_digest=None, view_digest=None)
    _forget_messages([f"referrals.Referral:{key}" for key in keys], moment)
    _forget_residents({case.resident_id for case in cases}, moment)
    for key in keys:
        record("referral.anonymised", f"referrals.Referral:{key}", by="system")
    return len(keys)


def delete_unsent(rows: Any) -> int:
    """What was never sent, because the resident never said yes, goes whole."""
    cases = list(rows)
    _forget_messages([f"referrals.Referral:{case.pk}" for case in cases], now())
    residents = {case.resident_id for case in cases}
    Referral.objects.filter(pk__in=[case.pk for case in cases]).delete()
    Resident.objects.filter(pk__in=residents, referrals__isnull=True).delete()
    return len(cases)


def _forget_residents(keys: set[Any], moment: Any) -> None:
    kept = Referral.objects.filter(resident__in=keys, anonymised_at=None).values("resident_id")
    gone = Resident.objects.filter(pk__in=keys).exclude(pk__in=kept)
    gone_keys = list(gone.values_list("pk", flat=True))
    Resident.objects.filter(pk__in=gone_keys).update(
        name="", name_tag="", phone="", phone_tag="", email="", address="", age_band="unknown", municipality=None,
        language="fi", gender_wish="", safe=[], practical=[], interests=[], excluded_companions=[], anonymised_at=moment,
    )  # fmt: skip
    BreakGlass.objects.filter(resident__in=gone_keys).update(reason="", hidden_reason="")


def _forget_messages(names: list[str], moment: Any) -> None:
    told = Message.objects.filter(about__in=names)
    told.update(to="", to_tag="", subject="", text="", headers={}, erased_at=moment)
