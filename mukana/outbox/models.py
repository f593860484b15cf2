"""A message to one receiver, and what has become of it."""

from __future__ import annotations

from django.db import models

from mukana.lib.blind import BlindIndex
from mukana.lib.ids import new_id
from mukana.lib.sealed import SealedText
from mukana.outbox import rules
from mukana.outbox.rules import Kind, address_key, kind_of


class Message(models.Model):
    """One e-mail or text message; `problem` is a code of outbox.rules, empty when all is well."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8)  # email sms
    kind = models.CharField(max_length=40)  # a code of outbox.rules.Kind
    to = SealedText(blank=True)  # empty when it has been erased
    to_tag = BlindIndex(of="to", fold=address_key)  # finds a whole address again; goes with it
    subject = SealedText(blank=True)
    text = SealedText(blank=True)  # empty when it has been erased
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
            models.CheckConstraint(condition=models.Q(to_tag="") | ~models.Q(to=""), name="message_to_tag_gone"),
        ]
        indexes = [
            models.Index(fields=["channel", "next_at"], name="message_due", condition=models.Q(state__in=rules.WAITING)),
            models.Index(fields=["state", "-queued_at"], name="message_state"),
            models.Index(fields=["-queued_at"], name="message_queued"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(fields=["to_tag"], name="message_to_tag", condition=~models.Q(to_tag="")),
            models.Index(fields=["provider_id"], name="message_provider", condition=~models.Q(provider_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.state}"

    @property
    def sort(self) -> Kind:
        """What kind of message it is, with its label and its privacy."""
        return kind_of(self.kind)

    @property
    def masked(self) -> bool:
        """Is the receiver shown only in part?  Somebody's own number is needed only when the message did not go."""
        return self.sort.masked and self.state not in (rules.FAILED, rules.UNKNOWN, rules.BOUNCED)

    @property
    def to_partly(self) -> str:
        """The receiver as lists show somebody's own number."""
        return rules.partly(self.to)
