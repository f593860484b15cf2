"""The hub's tables: whatever a person can be guided to is an Entry here."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from mukana.organisations.models import Municipality, Organisation, name_of

KINDS = ("service", "group", "event", "place", "route", "video", "programme")
FORMS = ("on_site", "remote_together", "video_home", "outdoor_route")


def one_of(field: str, codes: tuple[str, ...], name: str) -> models.CheckConstraint:
    """A constraint that keeps a column inside its vocabulary."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": codes}), name=name)


class Term(models.Model):
    """A word of a vocabulary: our topics, audiences and features; PTV classes; LIPAS types; keywords."""

    id = models.BigAutoField(primary_key=True)
    scheme = models.CharField(max_length=20)  # theme topic audience feature need service_class keyword
    code = models.CharField(max_length=200)
    texts = models.JSONField(default=dict)  # {language: {name}}
    parent = models.CharField(max_length=60, blank=True)  # code in the parent scheme
    uris = models.JSONField(default=list)  # KOKO, YSO, PTV
    order = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="term_once")]
        ordering = ["scheme", "order", "code"]

    def __str__(self) -> str:
        return name_of(self.texts) or self.code


class Goal(models.Model):
    """What several entries are for, whatever their form ("Vahvemmat jalat ja parempi tasapaino")."""

    code = models.SlugField(primary_key=True, max_length=60)
    texts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return name_of(self.texts) or self.code


class Place(models.Model):
    """A physical spot with an address, a WGS84 point and what its doors are like."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    texts = models.JSONField(default=dict)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    municipality_text = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=100, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    approximate = models.BooleanField(default=False)  # the point is of the municipality: distances are "noin"
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    url = models.CharField(max_length=500, blank=True)
    accessibility = models.JSONField(default=dict)  # profile → yes, no, partial, unknown
    hours = models.JSONField(default=list)  # [{day, opens, closes}]
    temporarily_closed = models.BooleanField(default=False)
    lipas_type = models.IntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True) | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="place_point_whole",
            )
        ]

    def __str__(self) -> str:
        return name_of(self.texts)


class EntryQuery(models.QuerySet["Entry"]):
    """Words for choosing entries."""

    def public(self) -> EntryQuery:
        """What anybody may see."""
        return self.filter(visible=True)

    def with_facts(self) -> EntryQuery:
        """What a row of a list needs, without a query a row."""
        return self.select_related("organisation", "place__municipality", "municipality", "goal")


class Entry(models.Model):
    """Something a person can be guided to.  `texts` is {language: {field: text}}."""

    DECIDED = ("merged_into", "do_not_list", "own", "confirmed", "reviewed_on", "doubted_on")  # by people; an import leaves them

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=10, default="published")
    form = models.CharField(max_length=20, blank=True)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    municipality_text = models.CharField(max_length=100, blank=True)
    lat = models.FloatField(null=True, blank=True)  # its own point, else the place's (filled on writing)
    lon = models.FloatField(null=True, blank=True)
    geometry = models.JSONField(null=True, blank=True)
    texts = models.JSONField(default=dict)
    features = models.JSONField(default=list)
    accessibility = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    price_kind = models.CharField(max_length=8, default="unknown")
    price_cents = models.IntegerField(null=True, blank=True)
    registration = models.CharField(max_length=12, default="unknown")
    age_min = models.SmallIntegerField(null=True, blank=True)
    age_max = models.SmallIntegerField(null=True, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=254, blank=True)
    url = models.CharField(max_length=500, blank=True)
    media = models.JSONField(default=dict)
    fictitious = models.BooleanField(default=False)  # demo supply, said on the page
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="twins")
    do_not_list = models.BooleanField(default=False)  # its keeper does not want it seen
    own = models.JSONField(default=dict)  # field → {value, source}: what its keeper wrote over what the source says
    confirmed = models.JSONField(default=dict)  # critical field → {at, by, how}
    reviewed_on = models.DateField(null=True, blank=True)  # the oldest confirmation of its critical fields; None: a register's row
    doubted_on = models.DateField(null=True, blank=True)  # a mail came back, referrals stayed unanswered: due at once
    visible = models.GeneratedField(
        expression=models.Q(status="published", merged_into=None, do_not_list=False),  # type: ignore[arg-type]  # a Q is one too
        output_field=models.BooleanField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    terms: models.ManyToManyField[Term, EntryTerm] = models.ManyToManyField(Term, through="EntryTerm", related_name="entries")

    objects = EntryQuery.as_manager()

    class Meta:
        constraints = [
            one_of("kind", KINDS, "entry_kind_known"),
            one_of("status", ("published", "draft", "withdrawn"), "entry_status_known"),
            one_of("form", ("", *FORMS), "entry_form_known"),
            one_of("price_kind", ("free", "paid", "unknown"), "entry_price_kind_known"),
            one_of("registration", ("none", "recommended", "required", "unknown"), "entry_registration_known"),
        ]
        indexes = [
            models.Index(fields=["goal", "form"], name="entry_goal_form"),
            models.Index(fields=["updated_at", "id"], name="entry_updated"),  # feeds are read newest first
        ]

    def __str__(self) -> str:
        return name_of(self.texts)


class EntryTerm(models.Model):
    """An entry carries a word."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE)
    term = models.ForeignKey(Term, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "term"], name="entry_term_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.term_id}"


class Schedule(models.Model):
    """A rhythm the hub turns into occurrences; fields as `drafts.ScheduleDraft`."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="schedules")
    days = models.JSONField()
    start = models.TimeField()
    end = models.TimeField(null=True)
    first = models.DateField()
    until = models.DateField()
    interval = models.PositiveSmallIntegerField(default=1)
    nth = models.SmallIntegerField(null=True)
    holidays = models.CharField(max_length=4, default="skip")
    season = models.CharField(max_length=10, blank=True)
    exceptions = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("first")), name="schedule_ends_after_start"),
            one_of("holidays", ("skip", "keep"), "schedule_holidays_known"),
        ]

    def __str__(self) -> str:
        return f"{'-'.join(self.days)} {self.start:%H.%M}"


class Occurrence(models.Model):
    """One dated happening of an entry; the only such table of the house."""

    STATUSES = ("scheduled", "cancelled", "postponed", "rescheduled")

    id = models.UUIDField(primary_key=True, editable=False)  # stable: made of the entry and the source's id or the planned date
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    all_day = models.BooleanField(default=False)
    status = models.CharField(max_length=12, default="scheduled")
    reason = models.JSONField(default=dict)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL)
    facts = models.JSONField(default=dict)
    row_id = models.CharField(max_length=200, blank=True)  # the source's id of this very row
    planned = models.BooleanField(default=False)  # made of a schedule, so made again when the schedule changes

    class Meta:
        constraints = [
            one_of("status", ("scheduled", "cancelled", "postponed", "rescheduled"), "occurrence_status_known"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")), name="occurrence_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="occurrence_start"),
            models.Index(fields=["entry", "starts_at"], name="occurrence_entry_start"),
            models.Index(fields=["row_id"], name="occurrence_row"),
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%d.%m.%Y %H.%M}"

    def over(self, now: datetime) -> bool:
        """Has it ended (or, without an end, begun)?"""
        return (self.ends_at or self.starts_at) < now


class Source(models.Model):
    """Where rows come from: a register, a calendar, a table somebody sends."""

    key = models.SlugField(primary_key=True, max_length=60)
    adapter = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    mapping = models.JSONField(default=dict)  # the table importer: column → field
    last_read_at = models.DateTimeField(null=True, blank=True)
    last_problem = models.CharField(max_length=500, blank=True)
    every_hours = models.PositiveSmallIntegerField(null=True, blank=True)  # None: fetched only by hand
    next_fetch_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    validators = models.JSONField(default=dict)  # {etag, last_modified} of the last whole answer
    cursor = models.JSONField(default=dict)  # where a feed goes on from
    options = models.JSONField(default=dict)  # the words the import is started with

    def __str__(self) -> str:
        return self.name


class SourceRow(models.Model):
    """Provenance: which row of which source became which record, and when it was last seen."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rows")
    row_id = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=16)
    kind = models.CharField(max_length=14)  # organisation place entry occurrence context
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="source_rows")
    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="source_rows")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="source_rows")
    licence = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    data = models.JSONField(null=True)  # context rows only (a keyword's name)
    seen_at = models.DateTimeField()
    modified_at = models.DateTimeField(null=True)
    absent_since = models.DateTimeField(null=True)
    first_run = models.BigIntegerField(null=True)  # the import run that brought it first; 0: before runs were remembered
    run = models.BigIntegerField(null=True)  # the run that wrote it last; None until that run has ended

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "row_id"], name="source_row_once")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row_id}"


class Change(models.Model):
    """The ordered change feed: one row for each change of an entry, in commit order."""

    seq = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField()  # no foreign key: a removed entry stays in the feed
    kind = models.CharField(max_length=8, default="updated")  # created updated removed passed
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [one_of("kind", ("created", "updated", "removed", "passed"), "change_kind_known")]
        indexes = [models.Index(fields=["entry_id", "seq"], name="change_entry")]  # has anything of an entry changed since?

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.entry_id}"


class Feedback(models.Model):
    """A word from a visitor about an entry or the service; answered within 14 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=16, default="other")  # accessibility wrong_fact idea other
    text = models.CharField(max_length=2000)
    contact = models.CharField(max_length=254, blank=True)  # asked only for an answer
    page = models.CharField(max_length=300, blank=True)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="feedback")
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["due_on"]
        constraints = [one_of("topic", ("accessibility", "wrong_fact", "idea", "other"), "feedback_topic_known")]

    def __str__(self) -> str:
        return f"{self.topic} {self.sent_at:%d.%m.%Y}"


class Photograph(models.Model):
    """A picture of an entry or of a place: sent by staff, made smaller by the worker, shown when ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="photographs")
    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="photographs")
    texts = models.JSONField(default=dict)  # {language: {alt}}
    photographer = models.CharField(max_length=120)
    licence = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default="waiting")
    problem = models.CharField(max_length=300, blank=True)  # refused: why, in Finnish
    sizes = models.JSONField(default=dict)  # {"small": [width, height], "large": …}
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            one_of("state", ("waiting", "ready", "refused"), "photograph_state_known"),
            models.CheckConstraint(
                condition=models.Q(entry__isnull=True, place__isnull=False) | models.Q(entry__isnull=False, place__isnull=True),
                name="photograph_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.texts.get("fi", {}).get("alt", ""))


class PhotographFile(models.Model):
    """The bytes of one size ("original" until the worker has made the others); in the database, so every node has them."""

    photograph = models.ForeignKey(Photograph, on_delete=models.CASCADE, related_name="files")
    size = models.CharField(max_length=8)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photograph", "size"], name="photograph_size_once"),
            one_of("size", ("original", "small", "large"), "photograph_size_known"),
        ]

    def __str__(self) -> str:
        return f"{self.photograph_id} {self.size}"
