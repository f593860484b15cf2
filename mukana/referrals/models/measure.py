"""What a resident wants or what weighs on them, in their own words, and how it goes: asked only with permission."""

from __future__ import annotations

from django.db import models

from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.watched import known
from mukana.referrals.rules.measures import ITEMS, MODES, OWN, PHASES


class Goal(models.Model):
    """A goal (−2 … +2) or a concern (0 … 6) in the resident's own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(max_length=12)
    words = SealedText(blank=True)  # emptied when the case becomes anonymous
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # not wanted any more
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [known("kind", OWN, "goal_kind_known")]

    def __str__(self) -> str:
        return self.kind


class Answer(models.Model):
    """One figure at one time; `value` is None when it was asked and not answered, which is always allowed."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="answers")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=24)  # of rules.measures: measure and item in one word
    phase = models.CharField(max_length=9)
    value = models.SmallIntegerField(null=True)
    mode = models.CharField(max_length=6)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            known("item", ITEMS, "answer_item_known"),
            known("phase", PHASES, "answer_phase_known"),
            known("mode", MODES, "answer_mode_known"),
            models.CheckConstraint(
                condition=models.Q(item__in=OWN, goal__isnull=False) | (~models.Q(item__in=OWN) & models.Q(goal__isnull=True)),
                name="answer_of_own_words_has_them",
            ),
            models.CheckConstraint(condition=models.Q(value__isnull=True) | models.Q(value__range=(-2, 10)), name="answer_in_range"),
        ]
        indexes = [models.Index(fields=["item", "phase"], name="answer_counted")]

    def __str__(self) -> str:
        return f"{self.item} {self.phase}"
