"""Whatever is asked, the answer is data or a sentence; the server never breaks."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("calendar")
NAMES = (
    "page", "page_size", "include", "sort", "start", "end", "location", "keyword", "ids", "weekday", "super_event", "is_free",
    "last_modified_since",
)  # fmt: skip
RESOURCES = ("event", "place", "keyword", "language")
LIKELY = (
    "neutral:e1",
    "mukana:",
    "mukana:topic.",
    "%",
    "%00",
    "'",
    '"',
    ":",
    "::",
    "2026-11-22",
    "now",
    "1",
    "-1",
    "neutral:",
    "series:s1",
)
VALUES = st.sampled_from(LIKELY) | st.text(max_size=30)
WITH_FIXTURES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@WITH_FIXTURES
@given(st.sampled_from(RESOURCES), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_any_question_is_answered(client: Client, resource: str, parameters: dict[str, str]) -> None:
    query = urlencode(parameters, errors="replace")
    response = client.get(f"/v1/{resource}/?{query}")
    assert response.status_code in (200, 400, 404)
    assert {"data", "meta"} <= response.json().keys() or response.json()["detail"].endswith(".")


@WITH_FIXTURES
@given(st.sampled_from(RESOURCES), VALUES)
def test_any_id_is_answered(client: Client, resource: str, whole_id: str) -> None:
    response = client.get(f"/v1/{resource}/{quote(whole_id, errors='replace')}/")
    assert response.status_code in (200, 404)
    assert response.json()
