"""Lists of fifty whole services out of a hundred thousand entries: documents ready, pages drawn from everywhere."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Measure

COUNT = 100_000
PER_PAGE = 50
PAGES = 200
MUST_MS = 60.0


def run() -> list[Measure]:
    """Pages of whole services, of lists, and of one condition."""
    with _filled():
        from django.test import Client

        client = Client()
        ready = _ready()
        whole = _asked(client, "full=true&")
        listed = _asked(client, "")
        return [
            Measure("50 whole services, p95", whole[1], "ms", must=MUST_MS, less_is_better=True, note=f"p50 {whole[0]:.1f} ms"),
            Measure("50 services as listed, p95", listed[1], "ms", must=MUST_MS, less_is_better=True, note=f"p50 {listed[0]:.1f} ms"),
            Measure("making a document ready", ready, "ms", note="by the worker, once after each change of its entry"),
        ]


def _asked(client: object, query: str) -> tuple[float, float]:
    """(p50, p95) in milliseconds of pages anywhere in the list."""
    chance = random.Random(1)
    pages = [chance.randrange(1, COUNT // PER_PAGE + 1) for _ in range(PAGES)]
    client.get(f"/hsds/services?{query}per_page={PER_PAGE}")  # type: ignore[attr-defined]  # the list itself is read once
    took = sorted(_took(client, f"/hsds/services?{query}per_page={PER_PAGE}&page={page}") for page in pages)
    return took[len(took) // 2], took[int(len(took) * 0.95)]


def _took(client: object, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise LookupError(address)
    return (time.perf_counter() - begun) * 1000


def _ready() -> float:
    """Milliseconds of making one document, all of them made as the worker does."""
    from mukana.api.hsds.documents import prepare
    from mukana.lib.clock import today

    begun = time.perf_counter()
    made = prepare("fi", today(), float("inf"))
    return (time.perf_counter() - begun) * 1000 / made


@contextmanager
def _filled() -> Iterator[None]:
    """A database of its own with so many entries."""
    import os

    with TemporaryDirectory(prefix="mukana-bench-hsds-") as folder:
        os.environ["MUKANA_DATA"] = str(Path(folder))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _write()
        yield


def _write() -> None:
    from django.utils.timezone import now

    from mukana.api.tests.services import supply
    from mukana.directory.actions import changes
    from mukana.directory.models import Entry, EntryTerm, Schedule

    models = supply(200)
    words = {entry: list(EntryTerm.objects.filter(entry=entry).values_list("term", flat=True)) for entry in models}
    rhythms = {one.entry_id: one for one in Schedule.objects.all()}
    from uuid import uuid4

    for start in range(200, COUNT, 5_000):
        made = []
        for number in range(start, min(start + 5_000, COUNT)):
            model = models[number % 200]
            made.append((model, _copy(Entry, model, id=uuid4())))
        Entry.objects.bulk_create([entry for _, entry in made])
        EntryTerm.objects.bulk_create([EntryTerm(entry=entry, term_id=term) for model, entry in made for term in words[model]])
        copies = [_copy(Schedule, rhythms[model.pk], id=None, entry_id=entry.pk) for model, entry in made if model.pk in rhythms]
        Schedule.objects.bulk_create(copies)
        changes.record([entry.pk for _, entry in made], "created", now())


def _copy(kind: type, model: object, **changed: object) -> object:
    fields = [field for field in kind._meta.concrete_fields if not getattr(field, "generated", False)]  # type: ignore[attr-defined]
    return kind(**{**{field.attname: getattr(model, field.attname) for field in fields}, **changed})
