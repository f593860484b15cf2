"""A resident's permission for one thing, apart from the controller's legal basis."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.lib.ids import new_id
from mukana.referrals.models.referral import Referral
from mukana.referrals.models.watched import known
from mukana.referrals.rules.codes import METHODS, PERMISSION_KINDS


class Permission(models.Model):
    """`groups` are the field groups it lets out; `text_version` names the text that was shown or read aloud."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="permissions")
    kind = models.CharField(max_length=9)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="+")  # of kind receiver
    groups = models.JSONField(default=list)
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=12, default="fi")
    method = models.CharField(max_length=9)
    recorded_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["given_at"]
        constraints = [
            known("kind", PERMISSION_KINDS, "permission_kind_known"),
            known("method", METHODS, "permission_method_known"),
            models.CheckConstraint(
                condition=models.Q(kind="receiver", entry__isnull=False) | (~models.Q(kind="receiver") & models.Q(entry__isnull=True)),
                name="permission_receiver_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.given_at:%d.%m.%Y}"
