"""Staff decide where and when sources are fetched.  Light: what reads sources is not needed here."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from mukana.audit.actions import record
from mukana.directory.models import Source
from mukana.lib.clock import now


@transaction.atomic
def begin(*, name: str, adapter: str, address: str, every_hours: int, licence: str, by: str) -> Source:
    """A new source, fetched in its rhythm (0: by hand) from now on.  Two of one name are two sources."""
    stem = slugify(name)[:50] or adapter
    taken = set(Source.objects.filter(key__startswith=stem).values_list("key", flat=True))
    key = next(key for number in range(len(taken) + 1) if (key := f"{stem}-{number + 1}" if number else stem) not in taken)
    source = Source.objects.create(key=key, adapter=adapter, name=name, licence=licence, attribution=name)
    schedule(source, address=address, every_hours=every_hours or None, by=by)
    if not every_hours:
        ask_now(source, by=by)
    return source


def schedule(source: Source, *, address: str, every_hours: int | None, by: str) -> None:
    """Decide where and how often the source is fetched (None: by hand); the first fetch is at once."""
    moved = source.address != address
    source.address, source.every_hours = address, every_hours
    source.next_fetch_at = now() if every_hours else None
    if moved:
        source.validators, source.cursor = {}, {}
    source.save(update_fields=["address", "every_hours", "next_fetch_at", "validators", "cursor"])
    record("planned the fetching", f"directory.Source:{source.key}", by=by, every_hours=every_hours)


def ask_now(source: Source, *, by: str, accept_smaller: bool = False) -> None:
    """Let the worker fetch the source next.  `accept_smaller`: what is missing now is really gone."""
    if accept_smaller:
        source.options = {**source.options, "accept_smaller": True}
        source.validators = {}
    source.next_fetch_at = now()
    source.save(update_fields=["options", "next_fetch_at", "validators"])
    record("asked for a fetch", f"directory.Source:{source.key}", by=by, accept_smaller=accept_smaller)
