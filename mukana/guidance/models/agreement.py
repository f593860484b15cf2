"""Practice agreements: how a matter is raised and who does what, which version, who has accepted it."""

from __future__ import annotations

from django.db import models

REFERRAL = "referral"  # among an agreement's cards: it governs wellbeing referrals as well


class Agreement(models.Model):
    """One version of a jointly agreed practice.  `cards` are codes of conversation cards it governs, or REFERRAL."""

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=160)
    version = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    cards = models.JSONField(default=list)
    contact_name = models.CharField(max_length=120)
    contact_phone = models.CharField(max_length=60, blank=True)
    rhythm = models.CharField(max_length=160)  # "kaksi kertaa vuodessa, huhti- ja lokakuussa"
    review_on = models.DateField()
    in_force = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["title", "version"], name="agreement_version_once")]
        ordering = ["title", "-version"]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Acceptance(models.Model):
    """An organisation has accepted an agreement, and who answers for it there."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acceptances")
    organisation = models.CharField(max_length=160)
    contact = models.CharField(max_length=160, blank=True)
    accepted_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation"], name="accepted_once")]
        ordering = ["organisation"]

    def __str__(self) -> str:
        return self.organisation
