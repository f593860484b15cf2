"""I/O: everything that may be told, a file of lines for each resource type, without holding more than a handful of cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from mukana.api.dump.files import whole
from mukana.api.fhir.kinds import EVERY_PART, OF_CASES, REFERRED_TO
from mukana.api.fhir.loading import cases, chosen
from mukana.api.fhir.mapping.facts import Case, Site
from mukana.api.fhir.mapping.parts import Json
from mukana.api.fhir.referred import Referred, resources
from mukana.api.fhir.scope import tellable
from mukana.api.fhir.words import site
from mukana.audit.actions import read_all, record

BATCH = 200
PRIVATE = 0o600
FIELDS = ("age_band", "area", "practical", "language")


def write_fhir(target: Path, areas: Collection[str] | None = None, *, by: str = "system") -> dict[str, int]:
    """Write the cases of the areas (None: of every one) and what they refer to.  Gives the lines of each file.

    The files are their owner's only, and take their names when all are whole.  Every resident whose data leave hears of it.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    counts: Counter[str] = Counter({name: 0 for name in (*OF_CASES, *REFERRED_TO)})
    where = site(settings.BASE_URL)
    with ExitStack() as stack:
        files = {name: stack.enter_context(whole(target / f"{name}.ndjson", PRIVATE)) for name in counts}
        named = Referred()
        for case in _cases(areas, by):
            named.note(case)
            _write(_of_case(case, where), files, counts)
        _write(resources(named, where), files, counts)
        record("fhir.exported", "api.Fhir:files", by=by, count=counts["ServiceRequest"])
    return dict(counts)


def line(resource: Json) -> str:
    """A resource as a line."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")) + "\n"


def _of_case(case: Case, where: Site) -> Iterator[Json]:
    for kind in OF_CASES.values():
        yield from kind.make(case, where)


def _write(found: Iterator[Json], files: dict[str, IO[str]], counts: Counter[str]) -> None:
    for resource in found:
        name = resource["resourceType"]
        files[name].write(line(resource))
        counts[name] += 1


def _cases(areas: Collection[str] | None, by: str) -> Iterator[Case]:
    after: UUID | None = None
    while True:
        rows = chosen(tellable(areas)).order_by("pk")
        batch = list((rows if after is None else rows.filter(pk__gt=after))[:BATCH])
        if not batch:
            return
        yield from cases(batch, EVERY_PART, areas)
        read_all(
            [f"referrals.Resident:{key}" for key in {row.resident_id for row in batch}], by=by, fields=list(FIELDS), purpose="fhir_export"
        )
        after = batch[-1].pk
