"""What stands in a list, and which lists somebody may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Min, Q

from mukana.accounts.models import Person
from mukana.accounts.queries import can
from mukana.directory.models import Entry
from mukana.directory.queries.dates import OFF, ahead
from mukana.directory.queries.rows import Row, rows
from mukana.embeds.models import Embed
from mukana.embeds.rules import SEARCH
from mukana.search.asked import Asked
from mukana.search.kept import kept
from mukana.search.pages import words_of
from mukana.search.queries import search, understood


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows, and how many there are in all."""

    rows: list[Row]
    total: int


def listed(embed: Embed, now: datetime) -> Listed:
    """What the list shows now."""
    return _searched(embed, now) if embed.sort == SEARCH else _of_organiser(embed, now)


def embeds_for(person: Person) -> list[Embed]:
    """Those within the person's reach."""
    found = Embed.objects.select_related("organisation__parent", "theme")
    return [embed for embed in found if can(person, "embeds.manage", embed)]


def asked_of(embed: Embed) -> Asked:
    """The search of the list."""
    return kept(embed.search)


def _searched(embed: Embed, now: datetime) -> Listed:
    asked = asked_of(embed)
    words = words_of(asked)
    limited = asked.as_read(understood(words)) if asked.text else asked
    request = replace(limited.request(words, now, None), limit=embed.rows, facets=False, explain=False)
    found = search(request)
    ids = [hit.entry_id for hit in found.hits]
    return Listed(rows(ids, now, weekdays=limited.weekdays, dayparts=limited.dayparts), found.total)


def _of_organiser(embed: Embed, now: datetime) -> Listed:
    """Of the organiser and its units: what comes soonest, then what is always there."""
    mine = Entry.objects.public().filter(Q(organisation=embed.organisation) | Q(organisation__parent=embed.organisation))
    ids = [str(pk) for pk in mine.order_by("pk").values_list("pk", flat=True)]
    dates = ahead(now).filter(entry__in=mine).exclude(status__in=OFF).order_by().values("entry_id").annotate(first=Min("starts_at"))
    starts = {str(one["entry_id"]): one["first"] for one in dates}
    ordered = sorted(ids, key=lambda pk: (pk not in starts, starts.get(pk, now)))
    return Listed(rows(ordered[: embed.rows], now), len(ids))
