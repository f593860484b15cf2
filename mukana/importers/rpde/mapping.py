"""OpenActive opportunities as drafts.  Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mukana.directory.drafts import Draft, EntryDraft, WithdrawnDraft
from mukana.directory.terms import strongest
from mukana.importers.adapter import Context, RawRow, Rejected, payload
from mukana.importers.jsonld import mapping as schema_org
from mukana.importers.jsonld import said
from mukana.importers.jsonld.mapping import described, with_note
from mukana.importers.jsonld.nodes import node_id, organisation_id, place_id, types_of
from mukana.importers.values import NO_NAME, as_dict, contact, dicts, line, main_name, unique
from mukana.lib.urls import safe_url

MAPPING_VERSION = 1
NAMELESS = "Nimetön ryhmä"
NOT_KNOWN = "Rivi ei ole OpenActiven tuokio, kurssi, tapahtuma eikä liikuntapaikka."
FROM_PARENT_NEVER = frozenset({"subEvent", "eventSchedule", "startDate", "endDate", "eventStatus", "@id", "@type", "superEvent"})
ENGLISH_SPEAKING = frozenset({"GB", "UK", "IE", "US"})
# The activity list of OpenActive is in English; these words of it lead to our topics.
ACTIVITIES = tuple((topic, re.compile(pattern, re.IGNORECASE)) for topic, pattern in (
    ("yoga", r"yoga|pilates|stretch|tai chi|body ?balance"),
    ("water_exercise", r"aqua|water aerobic|hydro"),
    ("swimming", r"swim"),
    ("dance", r"danc|zumba|ballet|salsa"),
    ("walking", r"\bwalk|\bhik|rambl"),
    ("cycling", r"cycl|\bbik|\brid(?:e|ing)\b"),
    ("strength", r"pump|strength|gym\b|weight|kettle|body ?conditioning|toning|circuit"),
    ("balance", r"falls|balance\b|otago"),
    ("chair_exercise", r"chair|seated"),
    ("ball_games", r"ball\b|tennis|hockey|badminton|squash|cricket|rugby|bowls"),
    ("winter_sports", r"\bski|skat|curling"),
    ("adapted_exercise", r"wheelchair|disab|inclusive|adapted"),
))  # fmt: skip
OTHER_SPORT = "other_sport"


def to_drafts(raw: RawRow, context: Context) -> list[Draft] | Rejected:
    """One item of a feed as its drafts; a taken-away one as its withdrawal."""
    if raw.gone:
        return [WithdrawnDraft(raw.row_id)]
    if raw.kind in ("place", "organisation"):
        return schema_org.to_drafts(raw, context)
    row = payload(raw)
    if isinstance(row, Rejected):
        return row
    node = as_dict(row.get("node"))
    if "Slot" in types_of(node):
        return []  # a bookable half an hour of a facility is nothing to guide anybody to
    found = _opportunity(raw.row_id, node)
    if isinstance(found, EntryDraft):
        return [replace(found, licence=found.licence or said.licence(row.get("licence")))]
    return found


def whole(node: dict[str, Any]) -> dict[str, Any]:
    """The node with what it inherits of its series, course or facility."""
    parents = (node.get("superEvent"), node.get("instanceOfCourse"), node.get("facilityUse"))
    inherited: dict[str, Any] = {}
    for parent in map(as_dict, parents):
        above = as_dict(parent.get("superEvent")) | parent
        inherited |= {key: value for key, value in above.items() if key not in FROM_PARENT_NEVER and key not in inherited}
    found = inherited | {key: value for key, value in node.items() if value is not None}
    country = line(as_dict(as_dict(_location(found)).get("address")).get("addressCountry"), 20)
    currencies = {line(offer.get("priceCurrency"), 5) for offer in dicts(found.get("offers"))}
    if not found.get("inLanguage") and (country in ENGLISH_SPEAKING or "GBP" in currencies):
        found["inLanguage"] = "en"
    return found


def _location(node: dict[str, Any]) -> Any:
    return node.get("location") or node.get("beta:affiliatedLocation")


def _opportunity(row_id: str, node: dict[str, Any]) -> EntryDraft | Rejected:
    types, told = set(types_of(node)), whole(node)
    if types & {"FacilityUse", "IndividualFacilityUse"}:
        return _facility(row_id, told)
    if "OnDemandEvent" in types:
        return _on_demand(row_id, told)
    if "ScheduledSession" in types:
        return _session(row_id, node, told)
    if not types & {"SessionSeries", "CourseInstance", "Event", "HeadlineEvent", "EventSeries", "Course"}:
        return Rejected(NOT_KNOWN)
    waits = "SessionSeries" in types and not dicts(node.get("subEvent")) and not _rhythm_is_whole(node)
    if waits:
        told = told | {"eventSchedule": None}
    return _event(row_id, told, series=node_id(node) if waits else "")


def _rhythm_is_whole(node: dict[str, Any]) -> bool:
    """A PartialSchedule only describes sessions that come in a feed of their own."""
    return any("Schedule" in types_of(one) for one in dicts(node.get("eventSchedule")))


def _session(row_id: str, node: dict[str, Any], told: dict[str, Any]) -> EntryDraft | Rejected:
    """One happening.  When its series is only pointed at, the series' own row tells the rest."""
    above = node.get("superEvent")
    series = node_id(above)
    if not series or as_dict(above).get("name"):
        return _event(row_id, told, series=series)
    found = _event(row_id, told | {"name": told.get("name") or NAMELESS}, series=series)
    return replace(found, dates_only=True, status="draft") if isinstance(found, EntryDraft) else found


def _event(row_id: str, told: dict[str, Any], *, series: str) -> EntryDraft | Rejected:
    drafts = schema_org.event(row_id, told, "", series=series)
    if isinstance(drafts, Rejected):
        return drafts
    (entry,) = (draft for draft in drafts if isinstance(draft, EntryDraft))
    return _with_activity(replace(entry, kind="event" if "Event" in types_of(told) else "group"), told)


def _facility(row_id: str, told: dict[str, Any]) -> EntryDraft | Rejected:
    kind, cents, note = said.price(told)
    texts = with_note(said.texts(told), note)
    if not texts:
        return Rejected(NO_NAME)
    entry = EntryDraft(
        row_id=row_id,
        kind="place",
        texts=texts,
        form="on_site",
        organisation=organisation_id(schema_org.organiser(told)),
        place=place_id(told.get("location")),
        price_kind=kind,
        price_cents=cents,
        contact=contact(url=told.get("url")),
    )
    return _with_activity(described(entry, told), told)


def _on_demand(row_id: str, told: dict[str, Any]) -> EntryDraft | Rejected:
    kind, cents, note = said.price(told)
    texts = with_note(said.texts(told), note)
    if not texts:
        return Rejected(NO_NAME)
    video = as_dict(next(iter(dicts(told.get("beta:video") or told.get("video"))), {}))
    address = safe_url(line(video.get("url") or told.get("url"), 500))
    entry = EntryDraft(
        row_id=row_id,
        kind="video",
        texts=texts,
        form="video_home",
        organisation=organisation_id(schema_org.organiser(told)),
        price_kind=kind,
        price_cents=cents,
        contact=contact(url=told.get("url")),
        media={"url": address} if address else {},
    )
    return _with_activity(described(entry, told), told)


def _with_activity(entry: EntryDraft, told: dict[str, Any]) -> EntryDraft:
    """Topics, audiences and features by the words of OpenActive."""
    phrases = (*said.words(told.get("activity"), told.get("facilityType"), told.get("category")), main_name(entry.texts))
    topics = [topic for topic, pattern in ACTIVITIES if any(map(pattern.search, phrases))]
    gender = line(told.get("genderRestriction"), 100)
    audience = ("women",) if gender.endswith("FemaleOnly") else ("men",) if gender.endswith("MaleOnly") else ()
    support = " ".join(said.words(told.get("accessibilitySupport")))
    features = (
        "beginner" if "beginner" in " ".join(said.words(told.get("level"))).casefold() else "",
        "outdoor" if line(told.get("beta:facilitySetting"), 100).endswith("OutdoorFacility") else "",
    )
    return replace(
        entry,
        topics=strongest((*entry.topics, *topics)) or (OTHER_SPORT,),
        audience=unique((*entry.audience, *audience)),
        features=unique((*entry.features, *features)),
        keywords=unique((*entry.keywords, *said.words(told.get("facilityType")))),
        accessibility=entry.accessibility | {profile: "yes" for profile, pattern in said.AMENITIES if pattern.search(support)},
        registration="required"
        if any(safe_url(line(offer.get("url"), 500)) for offer in dicts(told.get("offers")))
        else entry.registration,
    )
