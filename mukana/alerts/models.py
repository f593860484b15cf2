"""Saved searches and to whom they are told; as little as will do, and nothing after the end."""

from __future__ import annotations

from django.db import models

from mukana.alerts import rules
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText


class Subscriber(models.Model):
    """An address, once: `digest` finds it, `address` (sealed in the database) is what messages are sent to."""

    digest = models.CharField(max_length=64, primary_key=True)
    channel = models.CharField(max_length=5)
    address = SealedText()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(channel__in=rules.CHANNELS), name="subscriber_channel_known")]

    def __str__(self) -> str:
        return self.channel


class Alert(models.Model):
    """One saved search of one address.  The row is removed when the alert ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="alerts")
    digest = models.CharField(max_length=64, unique=True)  # of the token in its links
    search = models.JSONField(default=dict)  # search.kept
    place = models.CharField(max_length=3, blank=True)  # the municipality distances are counted from
    language = models.CharField(max_length=3, default="fi")
    rhythm = models.CharField(max_length=8, default=rules.WEEKLY)
    state = models.CharField(max_length=8, default=rules.WAITING)
    code = models.CharField(max_length=64, blank=True)  # digest of the six digits
    tries = models.PositiveSmallIntegerField(default=0)  # wrong codes
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    position = models.BigIntegerField(default=0)  # of the change feed: what is older is not new
    known = models.BinaryField(default=b"")  # rules.packed: what answered at the beginning or has been found since
    wide = models.BooleanField(default=False)  # too many answered: only what is made after the confirming is new
    due_at = models.DateTimeField(null=True)  # when what was found is told; None: nothing waits

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=rules.STATES), name="alert_state_known"),
            models.CheckConstraint(condition=models.Q(rhythm__in=rules.RHYTHMS), name="alert_rhythm_known"),
        ]
        indexes = [models.Index(fields=["due_at"], name="alert_due", condition=models.Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.state}"


class Find(models.Model):
    """An entry new to an alert's search, until it has been told."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="finds")
    entry_id = models.UUIDField()  # no foreign key: what is removed meanwhile is not told
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [models.UniqueConstraint(fields=["alert", "entry_id"], name="find_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.entry_id}"


class Cursor(models.Model):
    """How far in the change feed the matching has come; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.position)
