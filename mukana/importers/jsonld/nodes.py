"""schema.org nodes: their types, their ids and the nodes inside them.  Pure.

The same words serve OpenActive, whose documents are schema.org with types of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import urljoin

from mukana.importers.values import as_dict, as_list, dicts, identifier, line

EVENTS_WITHOUT_THE_WORD = frozenset({"EventSeries", "Festival", "CourseInstance", "Hackathon", "SessionSeries", "ScheduledSession"})
NO_EVENTS = frozenset({"DeliveryEvent", "BroadcastEvent", "PublicationEvent", "OnDemandEvent", "SaleEvent"})
SPORTS_PLACES = frozenset((
    "SportsActivityLocation", "BowlingAlley", "ExerciseGym", "GolfCourse", "HealthClub", "PublicSwimmingPool", "SkiResort", "SportsClub",
    "StadiumOrArena", "TennisComplex",
))  # fmt: skip
BUSINESSES = frozenset((
    "LocalBusiness", "Library", "EntertainmentBusiness", "HealthAndBeautyBusiness", "FoodEstablishment", "CafeOrCoffeeShop",
    "TouristAttraction", "Museum", "PerformingArtsTheater", "CommunityCenter", "RecreationCenter",
))  # fmt: skip
PLAIN_PLACES = frozenset((
    "Place", "CivicStructure", "Park", "Beach", "Playground", "Campground", "EventVenue", "MusicVenue", "PlaceOfWorship", "Church",
    "School", "Accommodation", "Residence", "Room", "AdministrativeArea", "LandmarksOrHistoricalBuildings", "PublicToilet", "CityHall",
))  # fmt: skip
ORGANISATIONS = frozenset((
    "Organization", "NGO", "SportsOrganization", "SportsTeam", "GovernmentOrganization", "EducationalOrganization", "CollegeOrUniversity",
    "Corporation", "PerformingGroup", "MusicGroup", "Brand", "LibrarySystem", "MedicalOrganization",
))  # fmt: skip
CONTAINERS = ("@graph", "itemListElement", "item", "mainEntity", "event", "events", "about")
REFERENCE = frozenset({"@id", "@type", "@context", "id", "type"})  # a node with no more than these only points at another
MAX_NODES_DEEP = 6


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """The type names without what stands before them: ("SportsEvent",)."""
    return tuple(_last_word(line(name, 200)) for name in as_list(node.get("@type") or node.get("type")) if isinstance(name, str))


def _last_word(name: str) -> str:
    return name.replace("#", "/").replace(":", "/").rpartition("/")[2]


def kind_of(node: dict[str, Any]) -> str:
    """event, course, place, organisation, or "" for what is no row here."""
    for name in types_of(node):
        if name in EVENTS_WITHOUT_THE_WORD or (name.endswith("Event") and name not in NO_EVENTS):
            return "event"
        if name == "Course":
            return "course"
        if name in PLAIN_PLACES or name in SPORTS_PLACES or name in BUSINESSES:
            return "place"
        if name in ORGANISATIONS:
            return "organisation"
    return ""


def is_visited(node: dict[str, Any]) -> bool:
    """Is the place somewhere one goes to do something, not only where something happens?"""
    return any(name in SPORTS_PLACES or name in BUSINESSES for name in types_of(node))


def is_series(node: dict[str, Any]) -> bool:
    """Are the events inside it happenings of one and the same thing?"""
    return "EventSeries" in types_of(node) or "SessionSeries" in types_of(node)


def rows_in(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The nodes of a document that are rows, also those in a graph, a list or inside a page's node."""
    if depth > MAX_NODES_DEEP:
        return
    for node in dicts(value):
        kind = kind_of(node)
        if kind and node.keys() - REFERENCE:
            yield node
        for key in CONTAINERS:
            if kind != "event" or key == "@graph":
                yield from rows_in(node.get(key), depth + 1)
        if kind == "event" and not is_series(node):
            yield from rows_in(node.get("subEvent"), depth + 1)


def node_id(value: object, base: str = "") -> str:
    """The node's own id as a whole address; "" when it has none, or only a number a document gave it for itself."""
    given = value if isinstance(value, str) else as_dict(value).get("@id") or as_dict(value).get("id")
    found = identifier(given)
    if not found or found.startswith("_:"):
        return f"{base}{found}"[-200:] if found and base else ""
    if not base or ":" in found.partition("/")[0]:
        return found
    try:
        return identifier(urljoin(base, found))
    except ValueError:
        return ""


def event_id(node: dict[str, Any], base: str = "") -> str:
    """The id, else the address, else a digest of name and start; "" for an event without any."""
    told = node_id(node, base) or node_id(node.get("url"), base)
    if told:
        return told
    name, start = _name(node), line(node.get("startDate"), 60)
    return f"event:{digest(name, start)}" if name else ""


def place_id(value: object, base: str = "") -> str:
    """The id of a place told in whatever way; "" for none."""
    place = value if isinstance(value, dict) else {}
    told = node_id(place, base) or (node_id(value, base) if isinstance(value, str) and value.startswith("http") else "")
    if told:
        return told
    address = place.get("address")
    words = (_name(place), line(address if isinstance(address, str) else as_dict(address).get("streetAddress"), 200), _town(place))
    return f"place:{digest(*words)}" if any(words) else ""


def organisation_id(value: object, base: str = "") -> str:
    """The id of an organisation told in whatever way; "" for none and for a person."""
    if isinstance(value, str):
        return f"organisation:{digest(line(value))}" if line(value) else ""
    node = as_dict(value)
    if "Person" in types_of(node):
        return ""
    told = node_id(node, base)
    name = _name(node)
    return told or (f"organisation:{digest(name)}" if name else "")


def digest(*words: str) -> str:
    """A short name for words; the same words have the same name."""
    return blake2b("|".join(words).casefold().encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _name(node: dict[str, Any]) -> str:
    name = node.get("name")
    first = next(iter(as_list(name)), "")
    return line(first.get("@value") if isinstance(first, dict) else first)


def _town(place: dict[str, Any]) -> str:
    return line(as_dict(place.get("address")).get("addressLocality"), 100)
