"""The sources: adding one touches its own folder and one line here."""

from __future__ import annotations

from mukana.importers.adapter import SourceAdapter
from mukana.importers.another import client as another_client
from mukana.importers.another import mapping as another
from mukana.importers.geo import client as geo_client
from mukana.importers.geo import mapping as geo
from mukana.importers.hsds import client as hsds_client
from mukana.importers.hsds import mapping as hsds
from mukana.importers.ical import client as ical_client
from mukana.importers.ical import mapping as ical
from mukana.importers.jsonld import client as jsonld_client
from mukana.importers.jsonld import mapping as jsonld
from mukana.importers.linkedevents import client as linkedevents_client
from mukana.importers.linkedevents import mapping as linkedevents
from mukana.importers.lipas import client as lipas_client
from mukana.importers.lipas import mapping as lipas
from mukana.importers.neutral import client as neutral_client
from mukana.importers.neutral import mapping as neutral
from mukana.importers.ptv import client as ptv_client
from mukana.importers.ptv import mapping as ptv
from mukana.importers.rpde import client as rpde_client
from mukana.importers.rpde import mapping as rpde
from mukana.importers.rss import client as rss_client
from mukana.importers.rss import mapping as rss
from mukana.importers.table import client as table_client
from mukana.importers.table import mapping as table

SOURCES: dict[str, SourceAdapter] = {
    adapter.key: adapter
    for adapter in (
        SourceAdapter(
            key="neutral",
            label="Neutraali JSON-aineisto",
            read=neutral_client.read,
            map=neutral.to_drafts,
            mapping_version=neutral.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="linkedevents",
            label="Linked Events",
            read=linkedevents_client.read,
            map=linkedevents.to_drafts,
            mapping_version=linkedevents.MAPPING_VERSION,
            licence="CC BY 4.0",
            attribution="Linked Events",
        ),
        SourceAdapter(
            key="hsds",
            label="Palveluhakemisto (HSDS)",
            read=hsds_client.read,
            map=hsds.to_drafts,
            mapping_version=hsds.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="jsonld",
            label="Verkkosivu (schema.org JSON-LD)",
            read=jsonld_client.read,
            map=jsonld.to_drafts,
            mapping_version=jsonld.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="lipas",
            label="LIPAS-liikuntapaikat",
            read=lipas_client.read,
            map=lipas.to_drafts,
            mapping_version=lipas.MAPPING_VERSION,
            licence="CC BY 4.0",
            attribution="LIPAS, Jyväskylän yliopisto",
        ),
        SourceAdapter(
            key="ptv",
            label="Suomi.fi-palvelutietovaranto (PTV)",
            read=ptv_client.read,
            map=ptv.to_drafts,
            mapping_version=ptv.MAPPING_VERSION,
            licence="CC BY 4.0",
            attribution="Suomi.fi-palvelutietovaranto, Digi- ja väestötietovirasto",
        ),
        SourceAdapter(
            key="mukana",
            label="Toinen Mukana",
            read=another_client.read,
            map=another.to_drafts,
            mapping_version=another.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="rpde",
            label="OpenActive-syöte (RPDE)",
            read=rpde_client.read,
            map=rpde.to_drafts,
            mapping_version=rpde.MAPPING_VERSION,
            licence="",
            attribution="",
            ordered=True,
        ),
        SourceAdapter(
            key="table",
            label="Taulukko (CSV, Excel, JSON-rivit)",
            read=table_client.read,
            map=table.to_drafts,
            mapping_version=table.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="ical",
            label="Kalenteri (iCalendar)",
            read=ical_client.read,
            map=ical.to_drafts,
            mapping_version=ical.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="geo",
            label="Reitit ja paikat (GPX, GeoJSON)",
            read=geo_client.read,
            map=geo.to_drafts,
            mapping_version=geo.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
        SourceAdapter(
            key="rss",
            label="Syöte (RSS, Atom)",
            read=rss_client.read,
            map=rss.to_drafts,
            mapping_version=rss.MAPPING_VERSION,
            licence="",
            attribution="",
        ),
    )
}
