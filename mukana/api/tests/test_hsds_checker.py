"""The checker itself: silent about a good feed, one error for a feed with one fault."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from mukana.api.tests.checker import Feed, check

ORGANIZATION = {"id": str(uuid4()), "name": "Yhdistys", "description": "Järjestää."}
SERVICE: dict[str, Any] = {"id": str(uuid4()), "name": "Kerho", "status": "active", "organization": ORGANIZATION}


def mock(**changed: Any) -> Feed:
    """A feed of one service; the optional endpoints are missing."""
    service = {**SERVICE, **changed.pop("service", {})}
    page = {
        "total_items": 1, "total_pages": 1, "page_number": 1, "size": 1, "first_page": True, "last_page": True, "empty": False,
        "contents": [SERVICE], **changed,
    }  # fmt: skip
    answers = {
        "/": {"version": "3.0", "profile": "https://profile.example/", "openapi_url": "https://mukana.example/hsds/openapi.json"},
        "/services": page,
        f"/services/{SERVICE['id']}": service,
    }

    def feed(address: str) -> tuple[int, dict[str, str], Any]:
        document = answers.get(address.partition("?")[0])
        return (200 if document is not None else 404), {"Access-Control-Allow-Origin": "*"}, document

    return feed


def test_a_good_feed_has_no_error() -> None:
    assert check(mock()) == []


def test_a_feed_with_one_fault_has_one_error() -> None:
    assert len(check(mock(service={"status": "open"}))) == 1
    assert len(check(mock(service={"last_modified": "yesterday"}))) == 1
    assert len(check(mock(service={"url": "not an address"}))) == 1
    assert len(check(mock(service={"openingHours": []}))) == 1


def test_a_page_that_tells_its_size_wrong_is_an_error() -> None:
    assert len(check(mock(size=2))) == 1
    assert len(check(mock(empty="no"))) == 1


def test_a_missing_required_endpoint_is_an_error_and_an_optional_one_is_none() -> None:
    good = mock()
    found = check(lambda address: (404, {}, None) if address.startswith("/services") else good(address))
    assert found == ["/services: answers 404"]
