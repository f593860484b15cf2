"""An errand: something one person has to do once, with a due time, beside what states ask for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mukana.accounts.models import Person
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.referrals.models.placement import Placement
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.watched import clock_index, known, owned
from mukana.referrals.rules.clocks import Watch, wd
from mukana.referrals.rules.codes import COORDINATOR, ERRANDS


class Errand(models.Model):
    """Ring a receiver, post a letter, act on a no; `words` is what to say."""

    WATCH: ClassVar[Watch] = Watch(COORDINATOR, wd(2))

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="errands")
    placement = models.ForeignKey(Placement, null=True, on_delete=models.CASCADE, related_name="errands")
    words = SealedText(blank=True)
    owner = models.CharField(max_length=12, blank=True)
    owner_person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            known("kind", ERRANDS, "errand_kind_known"),
            *owned("errand", models.Q(done_at__isnull=True)),
            models.UniqueConstraint(
                fields=["kind", "placement"], condition=models.Q(done_at__isnull=True, placement__isnull=False), name="errand_open_once"
            ),
        ]
        indexes = clock_index("errand")

    def __str__(self) -> str:
        return self.kind
