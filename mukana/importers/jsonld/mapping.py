"""schema.org nodes as drafts.  Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mukana.directory.drafts import Draft, EntryDraft, OccurrenceDraft, ScheduleDraft
from mukana.directory.terms import audiences_for, features_for, topics_for
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.jsonld import said
from mukana.importers.jsonld.nodes import (
    event_id,
    is_series,
    is_visited,
    node_id,
    organisation_id,
    place_id,
    types_of,
)
from mukana.importers.jsonld.when import schedules, span
from mukana.importers.saying import registration, venue
from mukana.importers.values import LANGUAGES, NO_NAME, as_dict, as_list, contact, dicts, line, main_name, unique
from mukana.lib.moments import parse_moment

MAPPING_VERSION = 1
MAX_DATES = 1000
STATUSES = {"EventCancelled": "cancelled", "EventPostponed": "postponed", "EventRescheduled": "rescheduled"}
NO_START = "Alkamisaika puuttuu tai sitä ei voi lukea."
NO_PLACE_NAME = "Paikalta puuttuu nimi ja osoite."
NOT_KNOWN = "Rivi ei ole schema.orgin tapahtuma, kurssi, paikka eikä järjestäjä."


def to_drafts(raw: RawRow, _context: Context) -> list[Draft] | Rejected:
    """One node as its drafts; `data` is the node and where it was found."""
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    node, base = as_dict(row.get("node")), line(row.get("base"), 500)
    if raw.kind in ("event", "course"):
        return event(raw.row_id, node, base, series=line(row.get("series"), 200))
    if raw.kind == "place":
        return place(raw.row_id, row.get("node"))
    if raw.kind == "organisation":
        found = said.organisation(raw.row_id, node)
        return [found] if found else Rejected(NO_NAME)
    return Rejected(NOT_KNOWN)


def place(row_id: str, told: object) -> list[Draft] | Rejected:
    """A place; one that people visit for its own sake is an entry too."""
    if isinstance(told, str):
        by_words = said.place_of_text(row_id, told)
        return [by_words] if by_words else Rejected(NO_PLACE_NAME)
    node = as_dict(told)
    found = said.place(row_id, node)
    if found is None:
        return Rejected(NO_PLACE_NAME)
    if not is_visited(node):
        return [found]
    kind, cents, note = said.price(node)
    words = said.words(node.get("keywords"), list(types_of(node)))
    entry = EntryDraft(
        row_id=row_id,
        kind="place",
        texts=with_note(found.texts, note),
        form="on_site",
        place=row_id,
        municipality=found.municipality,
        topics=topics_for(words=(*words, main_name(found.texts))),
        keywords=said.words(node.get("keywords")),
        accessibility=found.accessibility,
        price_kind=kind,
        price_cents=cents,
        contact=found.contact,
        modified_at=parse_moment(node.get("dateModified")),
        licence=said.licence(node.get("license")),
    )
    return [found, entry]


def event(row_id: str, node: dict[str, Any], base: str, *, series: str = "") -> list[Draft] | Rejected:
    """An event, a series of them or a course, with its dates."""
    kind, cents, note = said.price(node)
    texts = with_note(said.texts(node), note)
    if not texts:
        return Rejected(NO_NAME)
    above = as_dict(node.get("superEvent"))
    if not series and is_series(above):
        series = node_id(above, base)
    rhythms, dates = rhythms_of(node), dates_of(row_id, node, base)
    off = status_of(node) == "cancelled"
    course = bool({"Course", "CourseInstance"} & set(types_of(node)))
    if not (rhythms or dates or course or is_series(node) or status_of(node) == "postponed"):
        return Rejected(NO_START)
    where = physical(node)
    entry = EntryDraft(
        row_id=row_id,
        kind="group" if course or rhythms or is_series(node) else "event",
        texts=texts,
        series_id=series,
        form="remote_together" if is_remote(node) else "on_site",
        organisation=organisation_id(organiser(node), base),
        place=reference(where, base),
        municipality=_town(where),
        price_kind=kind,
        price_cents=cents,
        registration=registration(" ".join(str(text) for found in texts.values() for text in found.values())),
        contact=_contact(node),
        occurrences=dates,
        schedules=rhythms,
        status="withdrawn" if off and rhythms else "published",
        modified_at=parse_moment(node.get("dateModified")),
        licence=said.licence(node.get("license") or node.get("sdLicense")),
    )
    return [described(entry, node)]


def described(entry: EntryDraft, node: dict[str, Any]) -> EntryDraft:
    """The entry with what it is about and for whom."""
    keywords = said.words(node.get("keywords"), node.get("about"), node.get("category"), node.get("activity"))
    listeners = said.words(node.get("audience"))
    said_words = (*keywords, main_name(entry.texts))
    least, most = said.ages(node)
    languages = unique(filter(None, map(said.language_code, as_list(node.get("inLanguage")))))
    return replace(
        entry,
        topics=topics_for(words=said_words),
        audience=audiences_for(words=(*listeners, *said_words)),
        keywords=keywords,
        features=features_for(said_words),
        languages=tuple(code for code in LANGUAGES if code in languages),
        age_min=least,
        age_max=most,
    )


def with_note(texts: dict[str, dict[str, Any]], note: str) -> dict[str, dict[str, Any]]:
    """The texts with a price note in their first language."""
    if note and texts:
        texts["fi" if "fi" in texts else next(iter(texts))]["price_note"] = note
    return texts


def rhythms_of(node: dict[str, Any]) -> tuple[ScheduleDraft, ...]:
    """The schedules of an event, or those of a course's instances."""
    if _inside(node) and not _instances(node):
        return ()  # the happenings are told one by one
    instances = [rhythm for one in _instances(node) for rhythm in schedules(one.get("courseSchedule") or one.get("eventSchedule"))]
    return (*schedules(node.get("eventSchedule")), *instances)


def dates_of(row_id: str, node: dict[str, Any], base: str) -> tuple[OccurrenceDraft, ...]:
    """The dates told one by one: the event's own, or those inside a series or a course."""
    inside = _inside(node)
    if inside:
        told = (one for one in inside if not schedules(one.get("courseSchedule") or one.get("eventSchedule")))
        found = (happening(f"{row_id}#{event_id(one, base) or line(one.get('startDate'), 60)}"[:200], one) for one in told)
        return tuple(one for one in found if one)[:MAX_DATES]
    if is_series(node) or schedules(node.get("eventSchedule")):
        return ()
    alone = happening(row_id, node)
    return (alone,) if alone else ()


def happening(row_id: str, node: dict[str, Any]) -> OccurrenceDraft | None:
    """One date; None without a beginning."""
    start, end, all_day = span(node)
    if start is None:
        return None
    return OccurrenceDraft(starts_at=start, ends_at=end, all_day=all_day, status=status_of(node) or "scheduled", row_id=row_id)


def _inside(node: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(node.get("subEvent") or node.get("subEvents")) if is_series(node) else _instances(node)


def _instances(node: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts(node.get("hasCourseInstance")) if "Course" in types_of(node) else []


def status_of(node: dict[str, Any]) -> str:
    """cancelled, postponed, rescheduled or ""."""
    return STATUSES.get(_word(node.get("eventStatus")), "")


def _word(value: object) -> str:
    return line(value, 100).rpartition("/")[2].rpartition("#")[2]


def is_remote(node: dict[str, Any]) -> bool:
    """Does it happen only over the net?"""
    mode = _word(node.get("eventAttendanceMode"))
    if mode in ("OnlineEventAttendanceMode", "OfflineEventAttendanceMode", "MixedEventAttendanceMode"):
        return mode.startswith("Online")
    told = as_list(node.get("location"))
    return _word(node.get("eventStatus")) == "EventMovedOnline" or (bool(told) and all(map(_is_virtual, told)))


def _is_virtual(location: Any) -> bool:
    return venue(location).remote if isinstance(location, str) else "VirtualLocation" in types_of(as_dict(location))


def physical(node: dict[str, Any]) -> Any:
    """The first location that is a spot on earth; None for none."""
    if is_remote(node):
        return None
    return next((one for one in as_list(node.get("location")) if not _is_virtual(one)), None)


def organiser(node: dict[str, Any]) -> Any:
    """The first organiser or provider that is not a person."""
    given = [*as_list(node.get("organizer")), *as_list(node.get("provider"))]
    return next((one for one in given if isinstance(one, str) or "Person" not in types_of(as_dict(one))), None)


def reference(location: Any, base: str) -> str:
    """The row id of a location told in whatever way."""
    if isinstance(location, str) and not location.startswith("http"):
        return venue(location).row_id
    return place_id(location, base)


def _town(location: Any) -> str:
    if isinstance(location, str):
        found = venue(location)
        return found.municipality or found.city
    address = as_dict(location).get("address")
    return line(as_dict(address).get("addressLocality"), 100) if isinstance(address, dict) else venue(line(address, 300)).city


def _contact(node: dict[str, Any]) -> Any:
    reached = said.reach(as_dict(organiser(node)))
    return contact(phone=reached.phone, email=reached.email, url=node.get("url") if isinstance(node.get("url"), str) else reached.url)
