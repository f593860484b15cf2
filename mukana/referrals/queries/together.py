"""Who has told what of the time a companion and a resident agreed on last."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from mukana.attendance.rules import EARLY
from mukana.lib.moments import as_local
from mukana.referrals.models import Placement, Support, Transition
from mukana.referrals.rules import cases, placements
from mukana.referrals.rules import support as rules
from mukana.referrals.rules.codes import RESIDENT

AGAIN = "again"
ASKED = "own_asked"  # the resident has been asked by text message
_HELD = (rules.ACCEPTED, rules.MET, rules.ACCOMPANIED, rules.TAPERING)
_STAYED_AWAY = (*sorted(placements.UNDONE), placements.LAPSED)


def own_word(support: Support) -> str:
    """What the resident has told: came, away or stayed; "" when nothing yet."""
    said = _since(support).filter(role=RESIDENT, reason__in=[rules.OWN + word for word in rules.OWN_WORDS])
    found = said.values_list("reason", flat=True).last()
    return found.removeprefix(rules.OWN) if found else ""


def their_word(support: Support) -> str:
    """What the companion has told: along, could_not or no_show; "" when nothing yet."""
    told = Q(target__in=(rules.ACCOMPANIED, rules.NOT_ACCOMPANIED)) | Q(reason__in=rules.THEIR_WORDS)
    rows = _since(support).filter(told).exclude(role=RESIDENT).exclude(reason__in=(AGAIN, ASKED, rules.DECIDED))
    last = rows.last()
    if last is None:
        return ""
    if last.reason in rules.THEIR_WORDS:
        return last.reason
    return rules.ALONG if last.target == rules.ACCOMPANIED else rules.COULD_NOT


def may_say(support: Support, moment: datetime) -> bool:
    """Is it the time to ask the resident whether their companion came, and have they not told?"""
    asked_of = support.state in _HELD or support.state == rules.NOT_ACCOMPANIED
    begun = support.starts_at is not None and support.starts_at <= moment <= support.starts_at + rules.ASK_WITHIN
    goes_on = support.placement.referral.state in cases.LIVE
    return asked_of and begun and goes_on and not own_word(support)


def to_ask(moment: datetime) -> list[Support]:
    """Visits that are over and of which nobody has told whether a companion was there: the resident may be asked, once, by day."""
    if as_local(moment).hour not in rules.ASK_HOURS:
        return []
    between = {"ends_at__lte": moment - rules.ASK_AFTER, "ends_at__gt": moment - rules.ASK_WITHIN}
    over = Support.objects.filter(state__in=_HELD, placement__referral__state__in=cases.LIVE, **between)
    over = over.exclude(placement__state__in=_STAYED_AWAY)
    rows = over.select_related("placement__referral__resident", "placement__referral__area")
    return [one for one in rows if not (their_word(one) or own_word(one) or _since(one).filter(reason=ASKED).exists())]


def was_asked(support: Support) -> bool:
    """Has the resident been asked by text message of this very time?"""
    return _since(support).filter(reason=ASKED).exists()


def tasks_of(placement: Placement) -> QuerySet[Support]:
    """The placement's assignments, the newest first."""
    return Support.objects.filter(placement=placement).select_related("placement__referral").order_by("-starts_at")


def _since(support: Support) -> QuerySet[Transition]:
    """The history of the assignment since the time agreed last began."""
    rows = Transition.objects.filter(thing_id=support.pk).order_by("number")
    return rows.filter(at__gte=support.starts_at - EARLY) if support.starts_at else rows.none()
