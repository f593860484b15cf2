"""Entries as rows of a spreadsheet: semicolons and a byte order mark, as a Finnish Excel opens them.  Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mukana.directory.drafts import EntryDraft, OrganisationDraft, PlaceDraft
from mukana.formats.exchange import Record

MARK = "\ufeff"
COLUMNS = (
    "tunniste", "laji", "nimi", "kuvaus", "järjestäjä", "paikka", "osoite", "postinumero", "kunta", "leveyspiiri", "pituuspiiri",
    "aiheet", "kohderyhmät", "hinta_senttiä", "maksuton", "ilmoittautuminen", "puhelin", "sähköposti", "verkkosivu", "muutettu",
    "lisenssi", "lähde", "sivu",
)  # fmt: skip
_FORMULA = ("=", "@", "\t", "\r", "+", "-")


class Names:
    """Names of organisations and places met on the way, for the entries that point at them."""

    def __init__(self) -> None:
        self._organisations: dict[str, str] = {}
        self._places: dict[str, PlaceDraft] = {}

    def note(self, record: Record) -> None:
        """Remember what entries may point at."""
        if isinstance(record.draft, OrganisationDraft):
            self._organisations[record.draft.row_id] = first_text(record.draft.texts, "name")
        elif isinstance(record.draft, PlaceDraft):
            self._places[record.draft.row_id] = record.draft

    def row(self, record: Record) -> list[str]:
        """The cells of an entry."""
        draft: EntryDraft = record.draft
        place = self._places.get(draft.place)
        cells = (
            draft.row_id, draft.kind, first_text(draft.texts, "name"),
            first_text(draft.texts, "summary") or first_text(draft.texts, "description"),
            self._organisations.get(draft.organisation, ""),
            first_text(place.texts, "name") if place else "", place.address if place else "", place.postal_code if place else "",
            draft.municipality, draft.lat, draft.lon, ", ".join(draft.topics), ", ".join(draft.audience), draft.price_cents,
            {"free": "kyllä", "paid": "ei"}.get(draft.price_kind, ""), draft.registration, draft.contact.phone, draft.contact.email,
            draft.contact.url, draft.modified_at.isoformat(timespec="seconds") if draft.modified_at else "",
            draft.licence, draft.attribution, record.page,
        )  # fmt: skip
        return [cell(value) for value in cells]


def lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """The file's lines, the mark first."""
    yield MARK + _line(list(COLUMNS))
    yield from map(_line, rows)


def cell(value: Any) -> str:
    """A value as text that no spreadsheet takes for a formula; decimals with a comma."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".replace(".", ",")
    text = str(value)
    harmless = text[1:].replace(" ", "").isdigit()  # +358 40 … is a number
    return f"'{text}" if text.startswith(_FORMULA) and not harmless else text


def first_text(texts: Mapping[str, Mapping[str, Any]], field: str) -> str:
    """The text in the first language that has it, Finnish first."""
    return next((str(found) for language in ("fi", "sv", "en", *texts) if (found := texts.get(language, {}).get(field))), "")


def _line(cells: list[str]) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow(cells)
    return file.getvalue()
