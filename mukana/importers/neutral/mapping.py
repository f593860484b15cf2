"""Neutral rows as drafts.  Pure.

`truth` says what a generated event really is, for counting recall; it is never read here.
"""

from __future__ import annotations

from typing import Any

from mukana.directory.drafts import Draft, EntryDraft, OccurrenceDraft, OrganisationDraft, PlaceDraft
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.values import (
    LANGUAGES,
    NO_NAME,
    as_dict,
    as_list,
    identifier,
    line,
    main_name,
    point,
    texts_of,
    translated,
    unique,
    whole,
)  # fmt: skip
from mukana.lib.moments import parse_moment
from mukana.lib.words import parse_price

MAPPING_VERSION = 1
REMOTE_WORDS = ("etä", "verkossa", "etäjump", "verkkojump")
# Begins of the names of organisations, their last word, and the kind it tells.
ORGANISATION_WORDS = (
    ("hyvinvointialue", "wellbeing_county"), ("seurakunta", "parish"), ("kaupunki", "municipality"),
    ("kunta", "municipality"), ("opisto", "education"), ("yhdistys", "association"), ("seura", "association"),
    ("martat", "association"), (" ry", "association"), (" oy", "company"),
)  # fmt: skip


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """A place or an organisation, or one happening of a series; nothing for rows that others point at."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    if raw.kind in ("municipality", "keyword"):
        return []
    if raw.kind == "place":
        return _place(raw, row, context)
    if raw.kind == "organisation":
        return _organisation(raw, row, context)
    if raw.kind == "event":
        return _event(raw, row, context)
    return Rejected(f"Tuntematon rivin laji: {raw.kind or 'puuttuu'}.")


def organisation_kind(name: str) -> str:
    """The kind an organisation's name tells, "other" when it tells none."""
    folded = name.casefold()
    return next((kind for ending, kind in ORGANISATION_WORDS if folded.endswith(ending)), "other")


def _place(raw: RawRow, row: dict[str, Any], context: Context) -> list[Draft] | Rejected:
    texts = texts_of({"name": translated(row.get("name"))})
    if not texts:
        return Rejected(NO_NAME)
    lat, lon = point(row.get("lat"), row.get("lon"))
    return [
        PlaceDraft(
            row_id=raw.row_id,
            texts=texts,
            municipality=_municipality(row, context),
            address=line(row.get("street")),
            postal_code=line(row.get("postal"), 5),
            lat=lat,
            lon=lon,
        )
    ]


def _organisation(raw: RawRow, row: dict[str, Any], context: Context) -> list[Draft] | Rejected:
    texts = texts_of({"name": translated(row.get("name"))})
    if not texts:
        return Rejected(NO_NAME)
    kind = organisation_kind(main_name(texts))
    return [OrganisationDraft(row_id=raw.row_id, texts=texts, kind=kind, municipality=_municipality(row, context))]


def _event(raw: RawRow, row: dict[str, Any], context: Context) -> list[Draft] | Rejected:
    price = line(row.get("price"), 200)
    texts = texts_of(
        {
            "name": translated(row.get("name")),
            "summary": translated(row.get("short")),
            "description": translated(row.get("description")),
            "price_note": {"fi": price},
        }
    )
    if not texts:
        return Rejected(NO_NAME)
    starts_at = parse_moment(row.get("start"))
    if starts_at is None:
        return Rejected("Alkamisaika puuttuu tai sitä ei voi lukea.")
    words = _names("keyword", row.get("keywords"), context)
    said = (*words, main_name(texts))
    kind, cents = ("free", 0) if "maksuton" in words else parse_price(price)
    return [
        EntryDraft(
            row_id=raw.row_id,
            kind="event",
            texts=texts,
            series_id=identifier(row.get("series")),
            form="remote_together" if _is_remote(said) else "on_site",
            organisation=identifier(row.get("organisation")),
            place=identifier(row.get("place")),
            municipality=_municipality(row, context),
            topics=topics_for(words=said),
            audience=audiences_for(words=(*_names("keyword", row.get("audience"), context), *said)),
            keywords=words,
            features=features_for(said),
            accessibility={"step_free": "yes"} if "esteetön" in words else {},
            languages=_languages(row.get("languages")),
            price_kind=kind,
            price_cents=cents,
            registration="none" if "ilman ilmoittautumista" in words else "unknown",
            occurrences=(_occurrence(raw, row, starts_at),),
        )
    ]


def _occurrence(raw: RawRow, row: dict[str, Any], starts_at: Any) -> OccurrenceDraft:
    ends_at = parse_moment(row.get("end"))
    min_age = whole(row.get("min_age"), 0, 120)
    return OccurrenceDraft(
        starts_at=starts_at,
        ends_at=ends_at if ends_at is not None and ends_at >= starts_at else None,
        row_id=raw.row_id,
        place=identifier(row.get("place")),
        facts={} if min_age is None else {"min_age": min_age},
    )


def _municipality(row: dict[str, Any], context: Context) -> str:
    """The name behind the id; an unknown id stays as it is, for staff to see."""
    row_id = identifier(row.get("municipality"))
    return line(as_dict(context.names.get(f"municipality:{row_id}")).get("name"), 100) or row_id


def _names(kind: str, ids: object, context: Context) -> tuple[str, ...]:
    rows = (context.names.get(f"{kind}:{identifier(row_id)}") for row_id in as_list(ids))
    return unique(line(as_dict(row).get("name"), 100) for row in rows)


def _languages(value: object) -> tuple[str, ...]:
    return tuple(code for code in LANGUAGES if code in [item for item in as_list(value) if isinstance(item, str)])


def _is_remote(words: tuple[str, ...]) -> bool:
    folded = [word.casefold() for word in words]
    return any(word in REMOTE_WORDS or word.startswith(REMOTE_WORDS[2:]) for word in folded)
