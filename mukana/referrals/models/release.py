"""The numbers of a year as they were counted once: the same answer is given until enough people have changed."""

from __future__ import annotations

from django.db import models


class NumbersRelease(models.Model):
    """`facts` are counts, as rules.numbers reads them, before anything is hidden; nobody's name, key or words.

    `earlier`: with which values each count has been published before, so that no two releases tell of a few together.
    """

    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    people = models.PositiveIntegerField()  # whom it is of
    facts = models.JSONField()
    earlier = models.JSONField(default=dict)

    class Meta:
        ordering = ["year", "-made_at"]
        get_latest_by = "made_at"
        indexes = [models.Index(fields=["year", "made_at"], name="release_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.made_at:%d.%m.%Y}"
