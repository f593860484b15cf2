"""Documents kept ready, so that a list costs reading and not building; and systems that may read more than everybody."""

from __future__ import annotations

from django.db import models

from mukana.directory.models import Entry
from mukana.lib.ids import new_id
from mukana.organisations.models import Municipality


class EntryDocument(models.Model):
    """The shared end of an entry's events at one place, as JSON bytes.

    Holds while the change feed has nothing of the entry after `seq` and `stamp` is that of
    this site.  Rows can be thrown away at any time; the next reader makes them again.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=32, blank=True)  # hexadecimal id, "" for nowhere
    include = models.CharField(max_length=20, blank=True)  # what is whole: "", keywords, keywords,location …
    seq = models.BigIntegerField()  # the feed's end when building began
    stamp = models.CharField(max_length=16)  # the site's address and the shape of the documents
    source = models.CharField(max_length=60)
    series = models.CharField(max_length=300, blank=True)  # id of the event above the single ones
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "include", "place"], name="entry_document_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.include}"


class ServiceDocument(models.Model):
    """An entry as an HSDS service in one language: packed JSON, whole and as in lists, without the moment of its last change.

    Holds like an `EntryDocument`, and at most until a day when something in it turns (a confirmation grows old, a rhythm ends).
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    seq = models.BigIntegerField()
    stamp = models.CharField(max_length=16)
    holds_until = models.DateField()  # the first day when it must be made anew
    whole = models.BinaryField()
    listed = models.BinaryField()
    site = models.BinaryField()  # the service at its location; empty without one

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "language"], name="service_document_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.language}"


class FeedMark(models.Model):
    """By this moment the change feed had been seen to reach `seq`: the moments that readers are told.

    A writer's own moment is from before its commit; readers who go by the clock would miss what was being written.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seq} {self.at:%d.%m.%Y %H.%M}"


class System(models.Model):
    """Another authority's or our own system that may read referrals as FHIR; known by a token of which only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.SlugField(max_length=40, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    everywhere = models.BooleanField(default=False)  # else the cases of these areas, and of none when there are none
    areas: models.ManyToManyField[Municipality, models.Model] = models.ManyToManyField(Municipality, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """How traces know it."""
        return f"api:{self.name}"
