"""A cohort of known size, written straight into the tables: for the numbers only, since no deeds are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from mukana.lib.holidays import add_working_days
from mukana.lib.moments import as_local, at_wall
from mukana.organisations.models import Municipality
from mukana.referrals.models import Feedback, Placement, Referral, Resident, Session, Transition
from mukana.referrals.rules.numbers import AGREED, FIRST, FOURTH, PLACED, REACHED, STAGES, THIRD_MONTH
from mukana.referrals.tests.make import MONDAY

SENT = MONDAY - timedelta(days=140)
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Kind:
    """So many people alike: how far they came, how the case ended ("" goes on), where, of which half."""

    number: int
    stage: str = AGREED
    outcome: str = ""
    area: str = "297"
    digital: bool = True
    companion: bool = False
    sent: datetime = SENT
    told: bool = True


def cohort(*kinds: Kind) -> list[Referral]:
    """All of them, with the history that their stage needs."""
    for kind in kinds:
        Municipality.objects.get_or_create(code=kind.area, defaults={"name_fi": f"Kunta {kind.area}", "name_sv": kind.area})
    pairs = [(kind, _case(kind)) for kind in kinds for _ in range(kind.number)]
    Resident.objects.bulk_create([case.resident for _, case in pairs], batch_size=2000)
    Referral.objects.bulk_create([case for _, case in pairs], batch_size=2000)
    placements = {case.pk: _placement(case) for kind, case in pairs if STAGES.index(kind.stage) >= STAGES.index(PLACED)}
    Placement.objects.bulk_create(placements.values(), batch_size=2000)
    came = [(kind, placements[case.pk]) for kind, case in pairs if STAGES.index(kind.stage) >= STAGES.index(FIRST)]
    Session.objects.bulk_create([_session(kind, placement) for kind, placement in came], batch_size=2000)
    history = [row for kind, case in pairs for row in _history(kind, case, placements.get(case.pk))]
    Transition.objects.bulk_create(history, batch_size=2000)
    ended = [(kind, case) for kind, case in pairs if kind.outcome and kind.told]
    told = [Feedback(referral=case, kind="closed", outcome=kind.outcome, at=MONDAY, told="email") for kind, case in ended]
    Feedback.objects.bulk_create(told, batch_size=2000)
    return [case for _, case in pairs]


def _case(kind: Kind) -> Referral:
    resident = Resident(name="Koe Henkilö", phone="+358401234567", digital=kind.digital, made_at=kind.sent, municipality_id=kind.area)
    turn = {"state": "closed", "outcome": kind.outcome, "ended_at": MONDAY} if kind.outcome else {
        "state": "in_dialogue", "owner": "link_worker", "since": kind.sent, "due_at": MONDAY + timedelta(days=3),
        "next_step_at": MONDAY + timedelta(days=3),
    }  # fmt: skip
    return Referral(
        reference=f"K{next(_NUMBERS):09}", resident=resident, area_id=kind.area, referrer_role="referrer", channel="screen",
        wants_companion=kind.companion, made_at=kind.sent, sent_at=kind.sent, **turn,
    )  # fmt: skip


def _placement(case: Referral) -> Placement:
    return Placement(referral=case, entry_name="Ryhmä", state="ended", reason="ended_well", ended_at=MONDAY)


def _session(kind: Kind, placement: Placement) -> Session:
    return Session(placement=placement, starts_at=_after(kind, 10), host="Anneli", state="attended")


def _after(kind: Kind, days: int) -> datetime:
    """The working day so many after sending, at noon."""
    return at_wall(add_working_days(as_local(kind.sent).date(), days), MONDAY.time())


def _history(kind: Kind, case: Referral, placement: Placement | None) -> list[Transition]:
    steps: list[tuple[str, UUID, str, int]] = [("case", case.pk, "sent", 0), ("case", case.pk, "acknowledged", 1)]
    thing = placement.pk if placement else uuid4()
    later = {REACHED: ("case", case.pk, "in_dialogue", 4), PLACED: ("placement", thing, "scheduled", 6),
             FIRST: ("placement", thing, "first_attended", 10), FOURTH: ("placement", thing, "attending", 30)}  # fmt: skip
    steps += [step for stage, step in later.items() if STAGES.index(stage) <= STAGES.index(kind.stage)]
    if kind.stage == FOURTH:
        steps.append(("placement", thing, "lapsed", 45))
    return [
        Transition(referral=case, number=number, thing=what, thing_id=key, source="", target=target, role="system", by="system",
                   channel="system", at=_after(kind, day), hash="0" * 64)
        for number, (what, key, target, day) in enumerate(steps, 1)
    ]  # fmt: skip


__all__ = ["AGREED", "FIRST", "FOURTH", "PLACED", "REACHED", "SENT", "THIRD_MONTH", "Kind", "cohort"]
