"""What tests of several sources share."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from mukana.directory.drafts import Draft, EntryDraft, PlaceDraft
from mukana.importers.adapter import Rejected

KEYS = (
    "id", "name", "title", "summary", "description", "start", "end", "start_time", "end_time",
    "location", "keywords", "audience", "offers", "images", "type", "texts", "fi", "sv",
    "en", "price", "municipality", "lat", "lon", "coordinates", "wgs84", "city", "properties",
    "geometries", "features", "addresses", "serviceNames", "serviceDescriptions", "serviceChannels",
    "serviceHours", "phoneNumbers", "organizations",
    "value", "language", "super_event", "event_status", "@id", "typeCode", "sportsPlaceId", "search-meta", "type-code",
    "lipas-id", "organisation", "place", "series",
)  # fmt: skip

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["2026-12-01T10:00:00Z", "0001-01-01", "62,9", "<p>x</p>", "klo 10", "fi", "Published"])
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
anything: st.SearchStrategy[dict[str, Any]] = st.dictionaries(st.sampled_from(KEYS), values, max_size=8)


def entry_in(outcome: list[Draft] | Rejected) -> EntryDraft:
    """The one entry of a mapped row."""
    assert isinstance(outcome, list), outcome
    (entry,) = [draft for draft in outcome if isinstance(draft, EntryDraft)]
    return entry


def place_in(outcome: list[Draft] | Rejected) -> PlaceDraft:
    """The one place of a mapped row."""
    assert isinstance(outcome, list), outcome
    (place,) = [draft for draft in outcome if isinstance(draft, PlaceDraft)]
    return place
