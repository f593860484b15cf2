"""The numbers of a year as they were counted once: the same answer is given until enough people have changed."""

from __future__ import annotations

from django.db import models


class NumbersRelease(models.Model):
    """`facts` are counts, as rules.numbers reads them, before anything is hidden; nobody's name, key or words."""

    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    people = models.PositiveIntegerField()  # whom it is of
    facts = models.JSONField()

    class Meta:
        ordering = ["year", "-made_at"]
        get_latest_by = "made_at"
        indexes = [models.Index(fields=["year", "made_at"], name="release_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.made_at:%d.%m.%Y}"
