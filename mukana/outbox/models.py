"""A message to one receiver, and what has become of it."""

from __future__ import annotations

from django.db import models

from mukana.lib.ids import new_id
from mukana.outbox import rules
from mukana.outbox.rules import Kind, kind_of


class Message(models.Model):
    """One e-mail or text message; `problem` is a code of outbox.rules, empty when all is well."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8)  # email sms
    kind = models.CharField(max_length=40)  # a code of outbox.rules.Kind
    to = models.CharField(max_length=320, blank=True)  # empty when it has been erased
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # empty when it has been erased
    headers = models.JSONField(default=dict)
    about = models.CharField(max_length=100, blank=True)  # "directory.Entry:0192…"
    by = models.CharField(max_length=64, default="system")  # a person's id, "system" or "visitor"
    key = models.CharField(max_length=200, null=True, unique=True)  # the same key is never sent twice
    state = models.CharField(max_length=10, default="queued")
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # when it is tried; None: not by itself
    valid_until = models.DateTimeField(null=True)  # worth nothing after this
    tries = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=36, blank=True)  # who sends it now
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # delivered, bounced or forgotten
    sender = models.CharField(max_length=20, blank=True)  # smtp gateway catcher
    provider_id = models.CharField(max_length=200, blank=True)  # what the gateway calls it
    parts = models.PositiveSmallIntegerField(default=1)  # of a text message
    problem = models.CharField(max_length=30, blank=True)
    problem_text = models.CharField(max_length=500, blank=True)  # what the other end said
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=rules.STATES), name="message_state_known"),
            models.CheckConstraint(condition=models.Q(channel__in=rules.CHANNELS), name="message_channel_known"),
        ]
        indexes = [
            models.Index(fields=["channel", "next_at"], name="message_due", condition=models.Q(state__in=rules.WAITING)),
            models.Index(fields=["state", "-queued_at"], name="message_state"),
            models.Index(fields=["-queued_at"], name="message_queued"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["provider_id"], name="message_provider", condition=~models.Q(provider_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.state}"

    @property
    def sort(self) -> Kind:
        """What kind of message it is, with its label and its privacy."""
        return kind_of(self.kind)
