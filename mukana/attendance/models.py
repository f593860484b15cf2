"""Marks of opaque subjects and headcounts, both of a date of an entry."""

from __future__ import annotations

from django.db import models

from mukana.attendance import rules
from mukana.directory.models import Entry, Occurrence
from mukana.lib.ids import new_id


class Mark(models.Model):
    """What one subject did on one date.  The date's start is kept, so that a removed date takes no history away."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occurrence = models.ForeignKey(Occurrence, null=True, on_delete=models.SET_NULL, related_name="marks")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="marks")
    starts_at = models.DateTimeField()
    subject = models.CharField(max_length=80)  # "referrals.Placement:0192…"; no name, no key to one
    result = models.CharField(max_length=9)
    how = models.CharField(max_length=6)
    by = models.CharField(max_length=64)  # a person's id, "link:…" or "system"
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "entry", "starts_at"], name="mark_once"),
            models.CheckConstraint(condition=models.Q(result__in=rules.RESULTS), name="mark_result_known"),
            models.CheckConstraint(condition=models.Q(how__in=rules.HOWS), name="mark_how_known"),
            models.CheckConstraint(condition=~models.Q(subject=""), name="mark_of_somebody"),
        ]
        indexes = [models.Index(fields=["occurrence", "result"], name="mark_occurrence")]

    def __str__(self) -> str:
        return f"{self.result} {self.starts_at:%d.%m.%Y}"


class MarkWord(models.Model):
    """One word about a mark: who said what, when and how, and why when it put another one right.  Never changed or removed."""

    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, related_name="history")
    before = models.CharField(max_length=9, blank=True)  # what was marked until then
    result = models.CharField(max_length=9)
    how = models.CharField(max_length=6)
    by = models.CharField(max_length=64)
    why = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(result__in=rules.RESULTS), name="mark_word_result_known"),
            models.CheckConstraint(condition=models.Q(how__in=rules.HOWS), name="mark_word_how_known"),
            models.CheckConstraint(condition=models.Q(why__in=("", *rules.WHYS)), name="mark_word_why_known"),
        ]

    def __str__(self) -> str:
        return f"{self.before or '–'} → {self.result} {self.at:%d.%m.%Y}"


class Headcount(models.Model):
    """How many came on a date, and how many of them for the first time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occurrence = models.ForeignKey(Occurrence, null=True, on_delete=models.SET_NULL, related_name="headcounts")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="headcounts")
    starts_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    first_timers = models.PositiveSmallIntegerField(default=0)
    how = models.CharField(max_length=6)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "starts_at"], name="headcount_once"),
            models.CheckConstraint(condition=models.Q(how__in=rules.HOWS), name="headcount_how_known"),
            models.CheckConstraint(condition=models.Q(first_timers__lte=models.F("people")), name="headcount_first_timers_among"),
        ]

    def __str__(self) -> str:
        return f"{self.people} {self.starts_at:%d.%m.%Y}"
