"""Two entries fact by fact, with what differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mukana.directory.labels import KINDS
from mukana.directory.models import Entry
from mukana.duplicates.queries import Side
from mukana.lib.clock import now
from mukana.lib.dates import when
from mukana.lib.words import money


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison."""

    label: str
    first: str
    second: str
    own: bool = False  # each has its own: no difference to look at

    @property
    def differs(self) -> bool:
        """Do both tell, and not the same?"""
        return (
            not self.own
            and bool(self.first and self.second)
            and " ".join(self.first.split()).casefold() != " ".join(self.second.split()).casefold()
        )


def comparison(first: Side, second: Side) -> list[Fact]:
    """The lines of which at least one has something to say."""
    lines = [Fact(label, one, two) for (label, one), (_label, two) in zip(_facts(first), _facts(second), strict=True)]
    sources = Fact(_("Lähde"), _sources(first), _sources(second), own=True)
    return [*(line for line in lines if line.first or line.second), sources]


def _sources(side: Side) -> str:
    return ", ".join(dict.fromkeys(row.source.name for row in side.sources)) or _("Järjestäjä itse")


def _facts(side: Side) -> list[tuple[str, str]]:
    entry = side.entry
    return [
        (_("Nimi"), str(entry)),
        (_("Laji"), str(KINDS.get(entry.kind, entry.kind))),
        (_("Järjestäjä"), str(entry.organisation or "")),
        (_("Milloin"), "\n".join(when(one.starts_at, one.ends_at, now(), one.all_day) for one in side.dates)),
        (_("Missä"), _where(entry)),
        (_("Hinta"), _price(entry)),
        (_("Puhelin"), entry.phone),
        (_("Sähköposti"), entry.email),
        (_("Verkkosivu"), entry.url),
        (_("Kuvaus"), str(entry.texts.get("fi", {}).get("description") or entry.texts.get("fi", {}).get("summary") or "")[:400]),
    ]


def _where(entry: Entry) -> str:
    place = entry.place
    town = str(entry.municipality or entry.municipality_text)
    told = [str(place), place.address, town] if place else [town]
    return ", ".join(dict.fromkeys(part for part in told if part))


def _price(entry: Entry) -> str:
    if entry.price_kind == "free":
        return money(0)
    return money(entry.price_cents) if entry.price_cents is not None else str(entry.texts.get("fi", {}).get("price_note", ""))
