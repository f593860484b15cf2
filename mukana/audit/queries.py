"""Who did what, read by people; how the jobs go; what is due to be removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from mukana.audit import rules
from mukana.audit.models import JobState, LegalHold, RetentionConfirmation, Trace
from mukana.audit.rules import RetentionRule
from mukana.lib import jobs
from mukana.lib.moments import at_wall

PER_PAGE = 50
MOST_IN_TABLE = 100_000  # rows of one downloaded table


@dataclass(frozen=True, slots=True)
class Deed:
    """One trace as people read it; `url` shows the thing, "" when no page does."""

    at: datetime
    who: str
    on_behalf_of: str
    did: str
    what: str
    key: str
    url: str
    detail: str
    thing: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What traces are narrowed to; empty words narrow nothing."""

    thing: str = ""  # a sort "directory.Feedback" or one "directory.Feedback:0192…"
    person: str = ""  # a name, an address or an id
    first: date | None = None
    last: date | None = None


def deeds(wanted: Wanted, page: int | str = 1) -> tuple[Page[Trace], list[Deed]]:
    """A page of traces, the newest first, with their words."""
    found = Paginator(traces(wanted), PER_PAGE).get_page(page)
    return found, in_words(found.object_list)


def all_deeds(wanted: Wanted) -> Iterator[Deed]:
    """Every trace in words, for a table; at most MOST_IN_TABLE."""
    rows = traces(wanted)
    for at in range(0, MOST_IN_TABLE, 1000):
        batch = list(rows[at : at + 1000])
        yield from in_words(batch)
        if len(batch) < 1000:
            return


def trail(thing: object, most: int = 20) -> list[Deed]:
    """What has been done to one record, the newest first."""
    return in_words(Trace.objects.filter(thing=rules.name_of(thing))[:most])


def traces(wanted: Wanted) -> QuerySet[Trace]:
    """The rows themselves."""
    rows = Trace.objects.order_by("-at", "-id")
    if wanted.thing:
        rows = rows.filter(thing=wanted.thing) if ":" in wanted.thing else rows.filter(thing__startswith=f"{wanted.thing}:")
    if wanted.person.strip():
        actors = actors_called(wanted.person.strip())
        rows = rows.filter(Q(actor__in=actors) | Q(on_behalf_of__in=actors))
    if wanted.first:
        rows = rows.filter(at__gte=at_wall(wanted.first, time()))
    if wanted.last:
        rows = rows.filter(at__lt=at_wall(wanted.last + timedelta(days=1), time()))
    return rows


def actors_called(words: str) -> list[str]:
    """Ids of people whose name or address has the words in it; the words themselves too, when they are an id."""
    people = get_user_model().objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return [words, *(str(key) for key in people.values_list("pk", flat=True)[:200])]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """What people are called, by id; "system" and "visitor" have their words."""
    asked = set(actors)
    names = {"system": _("Mukana itse"), "visitor": _("Kävijä"), "": ""}
    people = get_user_model().objects.filter(pk__in=[actor for actor in asked if _is_id(actor)])
    names |= {str(person.pk): str(person) for person in people}
    return {actor: names.get(actor, _("poistettu käyttäjä") if _is_id(actor) else actor) for actor in asked}


def in_words(rows: Iterable[Trace]) -> list[Deed]:
    """Traces as people read them."""
    kept = list(rows)
    names = names_of([*(row.actor for row in kept), *(row.on_behalf_of for row in kept)])
    return [_deed(row, names) for row in kept]


def _deed(row: Trace, names: dict[str, str]) -> Deed:
    what, key, url_name = rules.thing_words(row.thing)
    words = rules.verb_words(row.verb)
    return Deed(
        row.at,
        names[row.actor],
        names[row.on_behalf_of],
        words,
        what,
        key,
        _address(url_name, key),
        rules.detail_words(row.detail),
        row.thing,
    )


def _address(url_name: str, key: str) -> str:
    try:
        return reverse(url_name, args=[key]) if url_name and key else ""
    except NoReverseMatch:  # the subject is switched off, or its id is of another shape
        return ""


def _is_id(actor: str) -> bool:
    try:
        UUID(actor)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job with how it went last; `state` is None when it has never run."""

    title: str
    when: str
    state: JobState | None

    @property
    def kind(self) -> str:
        """never, bad or ok."""
        if self.state is None:
            return "never"
        return "bad" if self.state.failures else "ok"


def job_rows() -> list[JobRow]:
    """Every job of every app, those that fail first; a job that each machine does for itself has a row for each."""
    autodiscover_modules("jobs")
    states: dict[str, list[JobState]] = {}
    for state in JobState.objects.order_by("node"):
        states.setdefault(state.name, []).append(state)
    rows = [JobRow(job.title, _when(job), state) for job in jobs.jobs() for state in states.get(job.name, [None])]
    return sorted(rows, key=lambda row: (row.kind != "bad", row.title))


def failing_jobs(times: int) -> list[tuple[str, JobState]]:
    """Jobs that have failed at least so many times in a row, with their titles."""
    autodiscover_modules("jobs")
    titles = {job.name: job.title for job in jobs.jobs()}
    return [(titles.get(state.name, state.name), state) for state in JobState.objects.filter(failures__gte=times).order_by("name")]


def _when(job: jobs.Job) -> str:
    if job.at:
        return _("joka päivä klo %(time)s") % {"time": job.at}
    if job.seconds < 60:
        return _("%(seconds)s sekunnin välein") % {"seconds": job.seconds} if job.seconds > 1 else _("sekunnin välein")
    return _("%(minutes)s minuutin välein") % {"minutes": job.seconds // 60} if job.seconds >= 120 else _("minuutin välein")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A retention rule with how many rows are due now, and whether this version of it is confirmed."""

    rule: RetentionRule
    due: int
    confirmed: RetentionConfirmation | None


def rule_rows(moment: datetime) -> list[RuleRow]:
    """Every rule of every app (a dry run)."""
    autodiscover_modules("retention")
    confirmed = {(one.code, one.version): one for one in RetentionConfirmation.objects.all()}
    return [RuleRow(rule, due_rows(rule, moment).count(), confirmed.get((rule.code, rule.version))) for rule in rules.rules()]


def due_rows(rule: RetentionRule, moment: datetime) -> QuerySet[Any]:
    """Rows whose time is over and that nobody holds."""
    model = apps.get_model(rule.model)
    rows = model._default_manager.filter(**{f"{rule.date_field}__lt": moment - rule.older_than})
    rows = rule.narrow(rows) if rule.narrow else rows
    held = LegalHold.objects.filter(released_at__isnull=True, thing__startswith=f"{rule.model}:").values_list("thing", flat=True)
    kept: QuerySet[Any] = rows.exclude(pk__in=[thing.partition(":")[2] for thing in held])
    return kept


def holds() -> list[tuple[LegalHold, str]]:
    """What may not be removed now, with the names of those who said so."""
    kept = list(LegalHold.objects.filter(released_at__isnull=True))
    names = names_of(hold.by for hold in kept)
    return [(hold, names[hold.by]) for hold in kept]
