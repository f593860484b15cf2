"""Entries as faces to compare, and pairs as staff see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mukana.directory.models import Entry, Occurrence, SourceRow
from mukana.duplicates.models import Pair
from mukana.duplicates.rules import Face
from mukana.lib.clock import now
from mukana.lib.moments import ZONE
from mukana.lib.rawrows import document_of, key_of, moment_of, raw_rows
from mukana.organisations.models import name_of

MOST_STARTS = 60  # of one entry; a weekly group of a year is known by as many
AT_A_TIME = 500
SHOWN_DATES = 4
FEW = 2000  # entries for which reading only the starts that could agree is quicker than reading all
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # of the Finnish clock, whose weeks keep their hours over the turns of summer time


def faces(wanted: Collection[UUID] | None = None) -> list[Face]:
    """Every entry that anybody may see, for comparing.

    With `wanted` (few new entries among many) only starts that could agree with theirs are read.
    """
    starts = _starts(wanted)
    sources = _sources()
    columns = (
        "pk", "kind", "texts", "organisation__texts", "municipality_id", "place_id", "place__texts", "place__address",
        "lat", "lon", "phone", "email", "url",
    )  # fmt: skip
    return [_face(row, starts, sources) for row in raw_rows(Entry.objects.public().order_by().values_list(*columns))]


def _face(row: tuple[object, ...], starts: dict[str, set[int]], sources: dict[str, set[str]]) -> Face:
    key = key_of(row[0])
    lat, lon = row[8], row[9]
    return Face(
        key=key,
        kind=str(row[1]),
        name=name_of(document_of(row[2])),
        organiser=name_of(document_of(row[3])),
        municipality=str(row[4] or ""),
        place=key_of(row[5]) if row[5] else "",
        address=f"{name_of(document_of(row[6]))} {row[7] or ''}".strip(),
        point=(lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None,
        phone=str(row[10]),
        email=str(row[11]),
        url=str(row[12]),
        starts=frozenset(starts.get(key, ())),
        sources=frozenset(sources.get(key, ())),
    )


def _starts(wanted: Collection[UUID] | None) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for entry, start in _start_rows(wanted):
        mine = found[key_of(entry)]
        if len(mine) < MOST_STARTS:
            mine.add(int((moment_of(start).astimezone(ZONE).replace(tzinfo=None) - _EPOCH).total_seconds()) // 60)
    return found


def _start_rows(wanted: Collection[UUID] | None) -> Iterator[tuple[object, ...]]:
    shown = Occurrence.objects.filter(entry__visible=True).order_by("-starts_at")
    if wanted is None or len(wanted) > FEW:
        yield from raw_rows(shown.values_list("entry_id", "starts_at"))
        return
    own = list(shown.filter(entry_id__in=wanted).values_list("entry_id", "starts_at"))
    yield from own
    moments = sorted({start for _, start in own})
    for at in range(0, len(moments), AT_A_TIME):
        same = shown.filter(starts_at__in=moments[at : at + AT_A_TIME]).exclude(entry_id__in=wanted)
        yield from same.values_list("entry_id", "starts_at")


def _sources() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = SourceRow.objects.filter(entry__isnull=False).exclude(digest=b"").order_by().values_list("entry_id", "source_id").distinct()
    for entry, source in raw_rows(rows):
        found[key_of(entry)].add(str(source))
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries, for looking at them together."""

    entry: Entry
    sources: list[SourceRow]
    dates: list[Occurrence]


def waiting(*, municipality: str = "") -> QuerySet[Pair]:
    """Pairs that wait for a decision, most alike first; of one municipality when its code is given."""
    shown = Q(first__visible=True, second__visible=True)
    if municipality:
        shown &= Q(first__municipality_id=municipality) | Q(second__municipality_id=municipality)
    return Pair.objects.filter(shown, state="suggested").select_related("first", "second").order_by("-score", "pk")


def sides(pair: Pair) -> tuple[Side, Side]:
    """Both entries with their sources and next dates."""
    entries = {entry.pk: entry for entry in Entry.objects.with_facts().filter(pk__in=(pair.first_id, pair.second_id))}
    return side(entries[pair.first_id]), side(entries[pair.second_id])


def side(entry: Entry) -> Side:
    """An entry with its sources and its next dates; of what is over, the last ones."""
    rows = list(SourceRow.objects.filter(entry=entry).exclude(digest=b"").select_related("source").order_by("pk")[:3])
    own = Occurrence.objects.filter(entry=entry)
    dates = list(own.filter(starts_at__gte=now()).order_by("starts_at")[:SHOWN_DATES])
    return Side(entry, rows, dates or list(reversed(own.order_by("-starts_at")[:SHOWN_DATES])))


def fuller(one: Entry, two: Entry) -> Entry:
    """Which of the two tells more; that one is offered to stand for both."""
    return max(one, two, key=_told)


def _told(entry: Entry) -> tuple[int, int, str]:
    facts = (entry.phone, entry.email, entry.url, entry.place_id, entry.organisation_id, entry.lat, entry.price_cents, entry.features)
    return sum(bool(fact) for fact in facts), len(str(entry.texts)), entry.pk.hex


def twins_of(entry: Entry) -> list[Side]:
    """What has been merged into the entry."""
    return [side(twin) for twin in Entry.objects.with_facts().filter(merged_into=entry).order_by("pk")]


def keys(entries: Iterable[UUID]) -> set[str]:
    """Entries as the keys of their faces."""
    return {entry.hex for entry in entries}
