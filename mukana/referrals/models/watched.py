"""What every open object has: whose turn it is, until when, and when the clock acts next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from mukana.accounts.models import Person
from mukana.referrals.rules.clocks import Watch
from mukana.referrals.rules.codes import QUEUES
from mukana.referrals.rules.machine import Machine


class Watched(models.Model):
    """`owner` is a queue, `owner_person` the one in it whose turn it is; `since` is what the clock counts from."""

    MACHINE: ClassVar[Machine]
    WATCHES: ClassVar[dict[str, Watch]]

    state = models.CharField(max_length=24)
    owner = models.CharField(max_length=12, blank=True)
    owner_person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def open(self) -> bool:
        """Is it somebody's turn?"""
        return self.state in self.MACHINE.open


def watched(name: str, machine: Machine) -> list[models.BaseConstraint]:
    """Known states only; an open one has owner and times, a final one has none."""
    return [
        models.CheckConstraint(condition=models.Q(state__in=machine.states), name=f"{name}_state_known"),
        *owned(name, models.Q(state__in=sorted(machine.open))),
    ]


def owned(name: str, is_open: models.Q) -> list[models.BaseConstraint]:
    """The database refuses an open object without an owner or a due time, and a finished one that has them."""
    turn = models.Q(owner__in=QUEUES, due_at__isnull=False, next_step_at__isnull=False, since__isnull=False)
    none = models.Q(owner="", owner_person__isnull=True, due_at__isnull=True, next_step_at__isnull=True)
    return [models.CheckConstraint(condition=(is_open & turn) | (~is_open & none), name=f"{name}_somebodys_turn")]


def clock_index(name: str) -> list[models.Index]:
    """What the clock and the work lists are read by."""
    return [
        models.Index(fields=["next_step_at"], name=f"{name}_next_step", condition=models.Q(next_step_at__isnull=False)),
        models.Index(fields=["owner_person", "due_at"], name=f"{name}_owner", condition=models.Q(due_at__isnull=False)),
    ]


def known(field: str, codes: Iterable[str], name: str) -> models.CheckConstraint:
    """A column stays inside its vocabulary."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": tuple(codes)}), name=name)


def gone_with(field: str, name: str) -> models.CheckConstraint:
    """Nothing is left to find an erased text by."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}_tag": ""}) | ~models.Q(**{field: ""}), name=f"{name}_{field}_tag_gone")
