"""What must hold at every moment of every case, counted from the tables alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q

from mukana.outbox.models import Message
from mukana.referrals.models import BreakGlass, Errand, Placement, Referral, Support
from mukana.referrals.queries.chain import broken_link
from mukana.referrals.rules.codes import Refused


def orphans() -> list[str]:
    """Open things without an owner, a due time or a next step of the clock; the database ought to have refused them."""
    nobody = Q(owner="") | Q(due_at=None) | Q(next_step_at=None)
    found = [
        f"{model.__name__} {row.pk} {row.state}"
        for model in (Referral, Placement, Support)
        for row in model.objects.filter(nobody, state__in=sorted(model.MACHINE.open))
    ]
    found += [f"Errand {row.pk}" for row in Errand.objects.filter(nobody, done_at=None)]
    return found + [f"BreakGlass {row.pk}" for row in BreakGlass.objects.filter(nobody, reviewed_at=None)]


def broken_chains() -> list[str]:
    """Cases whose history is not whole."""
    return [case.reference for case in Referral.objects.all() if broken_link(case)]


def sent_to_nobody() -> int:
    """Messages without a receiver that have not been erased."""
    return Message.objects.filter(to="", erased_at=None).count()


def refused(code: str, function: Callable[..., Any], *words: object, **more: object) -> Refused:
    """The function refuses with this very code.  Gives the refusal."""
    with pytest.raises(Refused) as error:
        function(*words, **more)
    assert error.value.code == code
    return error.value
