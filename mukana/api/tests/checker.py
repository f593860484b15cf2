"""Our own conformance checker of HSDS feeds: what a validator of Open Referral does, without a network.

It reads every endpoint's first, middle and last page and single things, and checks each body against the schemas (with
formats) and each page against what a page must be.  A feed is any function from an address to (status, headers, document).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from mukana.lib.testing import shared_path

Feed = Callable[[str], tuple[int, Mapping[str, str], Any]]
# endpoint → (schema, must it exist)
ENDPOINTS = {
    "services": ("service", True),
    "organizations": ("organization", False),
    "taxonomies": ("taxonomy", False),
    "taxonomy_terms": ("taxonomy_term", False),
    "service_at_locations": ("service_at_location", False),
}
PAGE = {
    "total_items": int, "total_pages": int, "page_number": int, "size": int,
    "first_page": bool, "last_page": bool, "empty": bool, "contents": list,
}  # fmt: skip


@lru_cache(maxsize=1)
def schemas() -> Registry[Any]:
    """The schemas of HSDS 3.0 by their file names."""
    folder = shared_path("schemas/hsds-3.0/schema")
    found = [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("*.json")]
    return Registry().with_resources(
        (name, Resource.from_contents(contents, default_specification=DRAFT202012)) for name, contents in found
    )


@lru_cache(maxsize=16)
def validator(name: str) -> Draft202012Validator:
    """Checks a document of a kind, formats too."""
    return Draft202012Validator({"$ref": f"{name}.json"}, registry=schemas(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def invalid(name: str, document: Any) -> list[str]:
    """What is wrong with a document; only `service` is held to have no keys of its own."""
    problems = [
        f"{name} {'/'.join(map(str, error.absolute_path))}: {error.message[:150]}" for error in validator(name).iter_errors(document)
    ]
    if name == "service":
        known = schemas().contents("service.json")["properties"]
        problems += [f"service: {key} is no field of it" for key in document if key not in known]
    return problems


def check(feed: Feed) -> list[str]:
    """Every error of a feed; an empty feed and a missing optional endpoint are none."""
    return [*_root(feed), *(problem for name in ENDPOINTS for problem in _endpoint(feed, name))]


def page_problems(page: Any, number: int) -> Iterator[str]:
    """What is wrong with the envelope."""
    if not isinstance(page, dict):
        yield "page: no object"
        return
    missing = [key for key, kind in PAGE.items() if not isinstance(page.get(key), kind)]
    yield from (f"page: {key} is missing or no {PAGE[key].__name__}" for key in missing)
    if missing:
        return
    told = (page["page_number"], page["size"], page["first_page"], page["last_page"], page["empty"])
    count = len(page["contents"])
    held = (number, count, number == 1, number >= page["total_pages"], count == 0)
    if told != held:
        yield f"page {number}: tells {told}, is {held}"


def _root(feed: Feed) -> Iterator[str]:
    status, headers, document = feed("/")
    if status != 200 or not {"version", "profile", "openapi_url"} <= set(document or {}):
        yield "/: does not tell version, profile and openapi_url"
    if headers.get("Access-Control-Allow-Origin") != "*":
        yield "/: other sites may not read"


def _endpoint(feed: Feed, name: str) -> Iterator[str]:
    schema, required = ENDPOINTS[name]
    status, _, first = feed(f"/{name}")
    if status != 200:
        if required:
            yield f"/{name}: answers {status}"
        return
    problems = list(page_problems(first, 1))
    yield from problems
    if problems:
        return
    last = first["total_pages"]
    for number in sorted({1, (last + 1) // 2, last} - {0}):
        yield from _page(feed, name, schema, number)
    for one in first["contents"][:1]:
        status, _, whole = feed(f"/{name}/{one.get('id')}")
        yield from [f"/{name}/{one.get('id')}: answers {status}"] if status != 200 else invalid(schema, whole)


def _page(feed: Feed, name: str, schema: str, number: int) -> Iterator[str]:
    status, _, page = feed(f"/{name}?page={number}")
    if status != 200:
        yield f"/{name}?page={number}: answers {status}"
        return
    yield from page_problems(page, number)
    for one in page["contents"]:
        yield from invalid(schema, one)
