"""Small things to make pages of: a group that meets, a place, a row of a source."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from mukana.directory.models import Entry, Goal, Occurrence, Place, Source, SourceRow
from mukana.lib.moments import ZONE
from mukana.organisations.models import Municipality, Organisation

NOW = datetime(2026, 11, 22, 10, tzinfo=ZONE)  # a Sunday; the clock of the tests
WEDNESDAY = datetime(2026, 11, 25, 17, tzinfo=ZONE)
SELKO = "fi-x-selko"


def kuopio() -> Municipality:
    facts = {"name_fi": "Kuopio", "name_sv": "Kuopio", "region_name": "Pohjois-Savo", "lat": 62.892, "lon": 27.678}
    return Municipality.objects.get_or_create(code="297", defaults=facts)[0]


def place(name: str = "Kallanrannan uimahalli", **facts: Any) -> Place:
    defaults = {
        "municipality": kuopio(),
        "address": "Laiturikatu 12",
        "postal_code": "70100",
        "city": "Kuopio",
        "lat": 62.8985,
        "lon": 27.6861,
    }
    return Place.objects.create(texts={"fi": {"name": name}}, **{**defaults, **facts})


def entry(name: str = "Vesijumppa", **facts: Any) -> Entry:
    """A published group at a swimming hall, with a first visit told in steps."""
    texts = {
        "fi": {
            "name": name,
            "summary": "Lämmin allas, rauhallinen tahti.",
            "description": "Altaassa seistään rintaan asti.",
            "steps": [{"title": "Anneli ottaa vastaan kassalla", "text": "Hän tulee vartin ennen."}, {"title": "Uikkarit päälle"}],
        },
        SELKO: {"name": name, "summary": "Jumppaat vedessä.", "description": "Vesi on lämmintä."},
    }
    where = facts.pop("place", None) or place()
    defaults = {
        "kind": "group", "form": "on_site", "texts": texts, "place": where, "municipality": where.municipality,
        "lat": where.lat, "lon": where.lon, "price_kind": "paid", "price_cents": 550, "phone": "05 000 1250",
        "contact_name": "Anneli Rautio", "features": ["may_watch"],
    }  # fmt: skip
    return Entry.objects.create(**{**defaults, **facts})


def date(of: Entry, starts_at: datetime = WEDNESDAY, **facts: Any) -> Occurrence:
    defaults = {"ends_at": starts_at + timedelta(minutes=45)}
    return Occurrence.objects.create(id=uuid4(), entry=of, starts_at=starts_at, **{**defaults, **facts})


def group(name: str = "Vesijumppa", **facts: Any) -> Entry:
    """An entry that meets next Wednesday."""
    made = entry(name, **facts)
    date(made)
    return made


def organisation(name: str = "Puijonrinteen Liikkujat ry", **facts: Any) -> Organisation:
    defaults = {"kind": "association", "municipality": kuopio(), "phone": "05 000 1299"}
    return Organisation.objects.create(texts={"fi": {"name": name}}, **{**defaults, **facts})


def goal(code: str = "balance") -> Goal:
    return Goal.objects.get_or_create(code=code, defaults={"texts": {"fi": {"name": "Parempi tasapaino"}}})[0]


def from_source(of: Entry, seen_at: datetime = NOW - timedelta(days=10), **facts: Any) -> SourceRow:
    facts_of_source = {"adapter": "ptv", "name": "Palvelutietovaranto", "licence": "CC BY 4.0"}
    source, _ = Source.objects.get_or_create(key="ptv", defaults={**facts_of_source, "attribution": "Suomi.fi-palvelutietovaranto"})
    return SourceRow.objects.create(source=source, row_id=str(of.pk), digest=b"0" * 16, kind="entry", entry=of, seen_at=seen_at, **facts)
