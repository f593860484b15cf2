"""Tables of search: remembered words, editions of the lexicon, questions without an answer."""

from __future__ import annotations

from django.db import models


class WordForm(models.Model):
    """The analysis of one word form, kept so that no index build asks the morphology twice."""

    form = models.CharField(primary_key=True, max_length=60)
    version = models.PositiveSmallIntegerField()  # of the analysis
    terms = models.TextField()  # see analysis.ready.packed

    def __str__(self) -> str:
        return self.form


class LexiconEdition(models.Model):
    """The whole lexicon text as staff saved it; the newest one is in use."""

    text = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.saved_at:%Y-%m-%d %H:%M} {self.saved_by}"


class Unanswered(models.Model):
    """A question that found nothing or was mended, counted by day: no person, no address, no session.

    Kept so that the lexicon and the supply grow.  Digits and e-mail addresses are
    taken out and only short questions are kept, so that nobody is told of here.
    """

    words = models.CharField(max_length=80)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-times"]
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="unanswered_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} ({self.times})"
