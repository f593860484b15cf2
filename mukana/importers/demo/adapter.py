"""What the demo region loads: real registers from the shipped files, then the fictitious supply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mukana.directory.models import Source
from mukana.importers.adapter import Context, RawRow, SourceAdapter
from mukana.importers.demo import client, mapping
from mukana.importers.registry import SOURCES
from mukana.lib.clock import today

DATA = Path(__file__).parent / "data"


def read_moved(address: str, context: Context) -> Iterator[RawRow]:
    """The supply, with the run's context told how many weeks to move it."""
    context.options["weeks"] = str(mapping.weeks_between(today()))
    return client.read(address, context)


DEMO = SourceAdapter(
    key="demo",
    label="Esittelyaineisto",
    read=read_moved,
    map=mapping.to_drafts,
    mapping_version=1,
    licence="CC0 1.0",
    attribution="Mukanan esittelyaineisto. Ryhmät, ihmiset ja puhelinnumerot ovat keksittyjä.",
)


@dataclass(frozen=True, slots=True)
class Load:
    """One source of the demo region."""

    key: str
    name: str
    adapter: SourceAdapter
    address: str


LOADS = (
    Load("lipas", "LIPAS-liikuntapaikat", SOURCES["lipas"], str(DATA / "lipas.json")),
    Load("ptv", "Suomi.fi-palvelutietovaranto", SOURCES["ptv"], str(DATA / "ptv")),
    Load("mikkeli", "Mikkelin yhdistykset ja palvelut", SOURCES["ptv"], str(DATA / "mikkeli")),
    Load("demo", "Esittelyaineisto", DEMO, str(client.FOLDER)),
    Load("palvelutarjotin", "Hyvinvointialueen palvelutarjotin (esimerkki)", DEMO, str(client.FOLDER / "palvelutarjotin")),
)


def source_row(load: Load) -> Source:
    """The source a load is written under."""
    adapter = load.adapter
    source, _ = Source.objects.get_or_create(
        key=load.key,
        defaults={"adapter": adapter.key, "name": load.name, "licence": adapter.licence, "attribution": adapter.attribution},
    )
    return source
