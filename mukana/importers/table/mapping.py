"""A table's row as drafts.  Pure.

A row may tell a weekly rhythm (day, start, end, first, last), one date, or no time at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from hashlib import blake2b

from mukana.directory.drafts import Contact, Draft, EntryDraft, OccurrenceDraft, PlaceDraft, ScheduleDraft, Texts
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.table import cells
from mukana.importers.table.columns import TRANSLATED, apply, guess_mapping
from mukana.importers.values import NO_NAME, line, point, texts_of, unique, whole
from mukana.lib import emails, phones
from mukana.lib.moments import at_wall, parse_moment
from mukana.lib.seasons import season_of, season_span
from mukana.lib.text import strip_identifiers
from mukana.lib.urls import safe_url
from mukana.lib.words import parse_price
from mukana.organisations.reference import MunicipalityFacts, municipalities, municipality_code

MAPPING_VERSION = 3
PLACE_FIELDS = ("place", "address", "postal_code", "city", "municipality", "lat", "lon")
REMOTE = ("etä", "verkossa", "verkko", "online", "teams", "zoom", "på distans", "remote")
FREE_TWICE = re.compile(r"(?:(?:maksuton|ilmainen|ilmaiseksi|vapaa pääsy|0 ?€)[\s.,;/()!-]*)+", re.IGNORECASE)
ALL_LANGUAGES = ("fi", "sv", "en", "fi-x-selko")


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """The entry of a row, or the place the reader parted from it."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    fields = fields_of(row, context)
    if raw.kind != "place":
        context.noticed += left_out(fields)
    return (
        [place_of(raw.row_id, fields)]
        if raw.kind == "place"
        else _entry(raw.row_id, {"organisation": context.options.get("giver", ""), **fields})
    )


def left_out(fields: Mapping[str, object]) -> list[str]:
    """What a row tells and its entry will not have: a number or an address that cannot be read."""
    phone, email = line(fields.get("phone")), line(fields.get("email"))
    unread = [f"Puhelinnumeroa ei voi lukea: {phone[:60]}"] if phone and not phones.normal(phone) else []
    return unread + ([f"Sähköpostiosoitetta ei voi lukea: {email[:60]}"] if email and not emails.normal(email) else [])


def fields_of(row: Mapping[str, object], context: Context) -> dict[str, object]:
    """The row by fields: by the coordinator's mapping, else by its own headers."""
    found = apply(context.columns or guess_mapping(row), row)
    return {field: strip_identifiers(value) if isinstance(value, str) and field != "id" else value for field, value in found.items()}


def place_key(fields: Mapping[str, object]) -> str:
    """The id of the place a row names, "" when it names none; rows with the same words share it."""
    if not (line(fields.get("place")) or line(fields.get("address")) or line(fields.get("lat"))):
        return ""
    words = "|".join(line(fields.get(field)).casefold() for field in PLACE_FIELDS)
    return f"place:{blake2b(words.encode(), digest_size=12).hexdigest()}"


def row_key(fields: Mapping[str, object]) -> str:
    """An id for a row without one: what people would call the same row keeps it."""
    told = line(fields.get("id"), 200)
    if told:
        return told
    parts = [fields.get(field) for field in ("name", "name:sv", "municipality", "place", "days", "date", "start", "first")]
    if not line(parts[0]) and not line(parts[1]):
        return ""
    words = "|".join(cells.as_text(part).casefold() for part in parts)
    return f"row:{blake2b(words.encode(), digest_size=12).hexdigest()}"


def place_of(row_id: str, fields: Mapping[str, object]) -> PlaceDraft:
    """The place of a row; without a name its address is its name."""
    lat, lon = point(fields.get("lat"), fields.get("lon"))
    town = _town(fields) if lat is None else None
    address = line(fields.get("address"), 200)
    name = line(fields.get("place")) or address or line(fields.get("municipality")) or "Paikka"
    return PlaceDraft(
        row_id=row_id,
        texts={"fi": {"name": name}},
        municipality=_municipality(fields),
        address=address,
        postal_code=line(fields.get("postal_code"), 5),
        city=line(fields.get("city"), 60),
        lat=town.lat if town else lat,
        lon=town.lon if town else lon,
        approximate=town is not None,
    )


def _town(fields: Mapping[str, object]) -> MunicipalityFacts | None:
    """The municipality that a row names, else its post town: its centre stands for a place without a point."""
    codes = (
        municipality_code(told) for told in (line(fields.get("municipality"), 100), line(fields.get("city"), 100), _municipality(fields))
    )
    found = municipalities().get(next(filter(None, codes), ""))
    return found if found is not None and found.lat is not None else None


def _municipality(fields: Mapping[str, object]) -> str:
    """As its column tells; else the one that the place is called or that stands last in it ("Kirjasto, Kuopio")."""
    told = line(fields.get("municipality"), 100)
    last = line(fields.get("place")).rpartition(",")[2].strip()
    return told or (last if municipality_code(last) else "")


def _entry(row_id: str, fields: Mapping[str, object]) -> list[Draft] | Rejected:
    times = _times(row_id, fields)
    if isinstance(times, Rejected):
        return times
    dates, schedules = times
    texts = _texts(fields if (dates or schedules) and not fields.get("when") else _with_words_of_time(fields))
    if not texts:
        return Rejected(NO_NAME)
    kind = cells.kind(fields.get("kind")) or ("group" if schedules else "event" if dates else "service")
    topics, audience = cells.listed(fields.get("topics")), cells.listed(fields.get("audience"))
    names = tuple(text["name"] for text in texts.values())
    keywords = unique((*topics, *cells.listed(fields.get("keywords"))))
    said = (*keywords, *names, *cells.listed(fields.get("features")), *cells.listed(fields.get("form")))
    price_kind, cents = parse_price(line(fields.get("price"), 500))
    return [
        EntryDraft(
            row_id=row_id,
            kind=kind,
            texts=texts,
            form=_form(kind, said, fields),
            organisation=line(fields.get("organisation"), 120),
            place=place_key(fields),
            municipality=_municipality(fields),
            topics=topics_for(words=said),
            audience=audiences_for(words=(*audience, *names)),
            keywords=unique((*keywords, *audience)),
            features=features_for((*said, line(fields.get("registration")))),
            accessibility=cells.accessibility(fields.get("accessibility")),
            languages=cells.languages(fields.get("languages")),
            price_kind=price_kind,
            price_cents=cents,
            registration=cells.registration(fields.get("registration")),
            age_min=whole(fields.get("age_min"), 0, 120),
            age_max=whole(fields.get("age_max"), 0, 120),
            contact=_contact(fields),
            occurrences=dates,
            schedules=schedules,
        )
    ]


def _texts(fields: Mapping[str, object]) -> Texts:
    told = {
        field: {language: text for language in ALL_LANGUAGES if (text := _text(fields.get(_key(field, language))))} for field in TRANSLATED
    }
    return texts_of(told | {"price_note": {"fi": _price_note(fields)}})


def _price_note(fields: Mapping[str, object]) -> str:
    """The price in words; what only says twice that there is none is said once."""
    told = line(fields.get("price"), 500)
    return "Maksuton" if FREE_TWICE.fullmatch(told) else told


def _with_words_of_time(fields: Mapping[str, object]) -> dict[str, object]:
    """Days and hours that make no schedule (no first date is told) are still told in words."""
    told = " ".join(filter(None, (cells.as_text(fields.get(field)) for field in ("when", "days", "start", "end"))))
    if not told:
        return dict(fields)
    parts = (_text(fields.get("description")), f"Aika: {told}")
    return {**fields, "description": "\n\n".join(filter(None, parts))}


def _key(field: str, language: str) -> str:
    return field if language == "fi" else f"{field}:{language}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else cells.as_text(value)


def _form(kind: str, said: tuple[str, ...], fields: Mapping[str, object]) -> str:
    if kind in ("video", "route"):
        return {"video": "video_home", "route": "outdoor_route"}[kind]
    if any(word.casefold().startswith(REMOTE) for word in said):
        return "remote_together"
    return "on_site" if kind in ("group", "event", "place") or place_key(fields) else ""


def _contact(fields: Mapping[str, object]) -> Contact:
    """As the coordinator wrote it: here a person's address is given on purpose."""
    return Contact(
        name=line(fields.get("contact_name"), 120),
        phone=phones.normal(line(fields.get("phone"))),
        email=emails.normal(line(fields.get("email"))),
        url=safe_url(line(fields.get("url"), 500)),
    )


Times = tuple[tuple[OccurrenceDraft, ...], tuple[ScheduleDraft, ...]]


def _times(row_id: str, fields: Mapping[str, object]) -> Times | Rejected:
    """One date, a rhythm, or nothing; a time that cannot be read is told, not guessed."""
    told = (fields[field] for field in ("date", "first", "until") if fields.get(field))
    unreadable = [cells.as_text(value) for value in told if not cells.day(value)]
    if unreadable:
        return Rejected(f"Päivämäärää ei voi lukea: {unreadable[0][:60]}")
    start, end = _hours(fields)
    days = cells.weekdays(fields.get("days"))
    if days and start and fields.get("first"):
        return _rhythm(fields, days, start, end)
    moment = parse_moment(line(fields.get("start"), 64)) if fields.get("start") else None
    if moment is not None and not fields.get("date"):
        ends_at = parse_moment(line(fields.get("end"), 64))
        return (OccurrenceDraft(moment, ends_at if ends_at and ends_at >= moment else None, row_id=row_id),), ()
    spare = () if days else (fields.get("first"), fields.get("days"))  # "Päivä" is often a date
    on = next(filter(None, map(cells.day, (fields.get("date"), *spare))), None)
    return ((_occurrence(row_id, on, start, end),), ()) if on else ((), ())


def _hours(fields: Mapping[str, object]) -> tuple[time | None, time | None]:
    start, end = cells.hours(fields.get("start"))
    return start, cells.hours(fields.get("end"))[0] or end


def _occurrence(row_id: str, on: date, start: time | None, end: time | None) -> OccurrenceDraft:
    if start is None:
        return OccurrenceDraft(at_wall(on, time()), None, all_day=True, row_id=row_id)
    ends_at = at_wall(on, end) if end and end > start else None
    return OccurrenceDraft(at_wall(on, start), ends_at, row_id=row_id)


def _rhythm(fields: Mapping[str, object], days: tuple[str, ...], start: time, end: time | None) -> Times | Rejected:
    first = cells.day(fields.get("first"))
    assert first is not None  # the caller refused what cannot be read
    until = cells.day(fields.get("until")) or _end_of_season(first)
    if until < first:
        return Rejected("Viimeinen kerta on ennen ensimmäistä.")
    rhythm = ScheduleDraft(
        days=days,
        start=start,
        end=end if end and end > start else None,
        first=first,
        until=until,
        interval=cells.interval(fields.get("days"), fields.get("interval")),
        nth=cells.nth(fields.get("days")),
    )
    return (), (rhythm,)


def _end_of_season(first: date) -> date:
    season = season_of(first)
    year = first.year - 1 if season == "winter" and first.month == 1 else first.year
    return season_span(season, year)[1]
