"""A correction somebody outside proposes, decided fact by fact."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.lib.ids import new_id
from mukana.upkeep.rules.codes import DECISIONS


class Proposal(models.Model):
    """Its sender sees by a link what came of it; only a hash of the link's secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="proposals")
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    contact = models.CharField(max_length=254, blank=True)  # asked only for telling the result; forgotten when it is told
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.sent_at:%d.%m.%Y}"


class ProposedFact(models.Model):
    """One fact of a proposal: what stood, what is proposed, what was decided and why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="facts")
    key = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    decision = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "key"], name="upkeep_proposed_once"),
            models.CheckConstraint(condition=models.Q(decision__in=DECISIONS), name="upkeep_decision_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.decision}"
