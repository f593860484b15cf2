"""The interfaces told as OpenAPI 3.1, from the same words that read requests.  Pure but for the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mukana.api.hsds.asking import FORMATS, LARGEST_PAGE, OLDEST, PER_PAGE
from mukana.api.hsds.telling import LANGUAGES
from mukana.api.more import LANGUAGES as SERVICE_LANGUAGES
from mukana.api.more import STATUSES, TYPES
from mukana.api.reading import LARGEST_PAGE as LARGEST_LIST
from mukana.api.reading import LAST_PAGE, MOST_VALUES
from mukana.api.rules import SORTS
from mukana.formats.hsds import VERSION

Document = dict[str, Any]
TEXT: Document = {"type": "string"}
FLAG: Document = {"type": "boolean"}
KEY: Document = {"type": "string", "format": "uuid"}
AGE: Document = {"type": "integer", "minimum": 0, "maximum": OLDEST}
SOME = f"Several values, at most {MOST_VALUES}, parted by commas."
MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, {"enum": ["today", "now"]}]}
SHARED_HSDS: dict[str, Document] = {
    "search": TEXT,
    "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    "per_page": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PER_PAGE},
    "format": {"enum": list(FORMATS)},
    "lang": {"enum": list(LANGUAGES)},
}
SERVICE_HSDS: dict[str, Document] = {
    **SHARED_HSDS,
    "taxonomy_term_id": KEY,
    "taxonomy_id": KEY,
    "organization_id": KEY,
    "modified_after": MOMENT,
    "full": FLAG,
    "minimum_age": AGE,
    "maximum_age": AGE,
    "day": {"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]},
    "start_time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "end_time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
}
HSDS: dict[str, tuple[str, dict[str, Document]]] = {
    "services": ("Services, groups and programmes.", {**SERVICE_HSDS, "minimal": FLAG}),
    "service_at_locations": (
        "Services at their places.",
        {**SERVICE_HSDS, "postcode": {"type": "string", "pattern": "^[0-9]{5}$"}, "proximity": {"type": "integer", "minimum": 1}},
    ),
    "organizations": ("Those who arrange.", {**SHARED_HSDS, "full": FLAG, "full_service": FLAG}),
    "taxonomies": ("Vocabularies.", SHARED_HSDS),
    "taxonomy_terms": ("Words of the vocabularies.", {**SHARED_HSDS, "taxonomy_id": KEY, "parent_id": KEY, "top_only": FLAG}),
}
PAGES: dict[str, Document] = {
    "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    "page_size": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIST, "default": 20},
}
_SERVED = {"type": "string", "enum": list(SERVICE_LANGUAGES)}
_DURATION = {"type": "string", "pattern": "^[0-9]{1,6}[dhms]?$"}
EVENTS: dict[str, Document] = {
    **PAGES,
    **dict.fromkeys(
        ("text", "location", "keyword", "keyword_AND", "keyword!", "keyword_OR_set1", "keyword_OR_set2", "keyword_set_AND"), TEXT
    ),
    **dict.fromkeys(
        ("keyword_set_OR", "ids", "super_event", "publisher", "publisher_ancestor", "data_source", "division", "include"), TEXT
    ),
    **dict.fromkeys(("start", "end", "starts_after", "starts_before", "ends_after", "ends_before", "last_modified_since"), MOMENT),
    **dict.fromkeys(("is_free", "ongoing", "show_deleted", "hide_super_event", "hide_recurring_children"), FLAG),
    **dict.fromkeys(("audience_min_age_lt", "audience_min_age_gt", "audience_max_age_lt", "audience_max_age_gt", "suitable_for"), AGE),
    **dict.fromkeys(("in_language", "language", "translation"), _SERVED),
    **dict.fromkeys(("min_duration", "max_duration"), _DURATION),
    "weekday": {"type": "integer", "minimum": 1, "maximum": 7},
    "days": {"type": "integer", "minimum": 0, "maximum": 10_000},
    "bbox": {"type": "string", "description": "west,south,east,north in degrees"},
    "dwithin_origin": {"type": "string", "description": "longitude,latitude"},
    "dwithin_metres": {"type": "number", "minimum": 0},
    "event_status": {"enum": list(STATUSES)},
    "event_type": {"enum": list(TYPES)},
    "super_event_type": {"enum": ["none", "recurring", "umbrella"]},
    "sort": {"enum": [sign + name for name in SORTS for sign in ("", "-")]},
}
LINKED: dict[str, tuple[str, dict[str, Document]]] = {
    "event": ("Dates of everything that happens.", EVENTS),
    "place": ("Places.", {**PAGES, "text": TEXT, "show_all_places": FLAG}),
    "keyword": ("Words.", {**PAGES, "text": TEXT, "show_all_keywords": FLAG}),
    "keyword_set": ("Themes and target groups.", {**PAGES, "include": TEXT}),
    "organization": ("Publishers.", PAGES),
    "language": ("Languages.", {}),
}


def hsds(base_url: str) -> Document:
    """Of /hsds."""
    envelope: Document = {
        "type": "object",
        "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
        "properties": {"contents": {"type": "array", "items": _record("id")}, "total_items": {"type": "integer"}},
    }
    paths: Document = {"/": _get("Which version this is.", {}, {"type": "object", "required": ["version", "profile", "openapi_url"]})}
    for name, (sentence, parameters) in HSDS.items():
        listed = _get(sentence, parameters, envelope)
        listed["get"]["responses"]["200"]["content"]["application/x-ndjson"] = {"schema": TEXT}
        single = {"lang": SHARED_HSDS["lang"], **({"full_service": FLAG} if name == "organizations" else {})}
        paths |= {f"/{name}": listed, f"/{name}/{{id}}": _get(sentence, single, _record("id"), KEY)}
    title = f"Mukana, Open Referral HSDS {VERSION}"
    return _document(title, f"{base_url}/hsds", paths)


def linked_events(base_url: str) -> Document:
    """Of /v1."""
    meta: Document = {"type": "object", "required": ["count", "next", "previous"]}
    envelope: Document = {
        "type": "object",
        "required": ["meta", "data"],
        "properties": {"meta": meta, "data": {"type": "array", "items": {"type": "object", "required": ["id"]}}},
    }
    paths: Document = {"/": _get("What there is.", {}, {"type": "object"})}
    for name, (sentence, parameters) in LINKED.items():
        single = {"include": TEXT} if "include" in parameters else {}
        paths |= {f"/{name}/": _get(sentence, parameters, envelope), f"/{name}/{{id}}/": _get(sentence, single, _record("id"), TEXT)}
    paths["/search/"] = _get("Events by words, the best first.", {"q": TEXT, "type": {"enum": ["event"]}, **PAGES}, envelope)
    return _document("Mukana, Linked Events", f"{base_url}/v1", paths)


def _document(title: str, address: str, paths: Document) -> Document:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": "Open to everybody, to read only. Each record tells its own licence.",
            "license": {"name": "CC BY 4.0 unless a record says otherwise", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": address}],
        "paths": paths,
    }


def _get(sentence: str, parameters: dict[str, Document], answer: Document, key: Document | None = None) -> Document:
    told: list[Document] = [{"name": name, "in": "query", "schema": schema} for name, schema in parameters.items()]
    if key:
        told.append({"name": "id", "in": "path", "required": True, "schema": key})
    responses = {"200": _response("The data.", answer), **_refusals([400, 404, *([301, 410] if key else [])])}
    return {"get": {"summary": sentence, "parameters": told, "responses": responses}}


def _refusals(statuses: Iterable[int]) -> Document:
    sentences = {
        301: "Another stands for it: see Location.",
        400: "A parameter cannot be read.",
        404: "There is none.",
        410: "It has gone.",
    }
    refusal: Document = {"type": "object", "required": ["detail", "code"], "properties": {"detail": TEXT, "code": TEXT}}
    return {str(status): _response(sentences[status], refusal) for status in statuses}


def _response(sentence: str, schema: Document) -> Document:
    return {"description": sentence, "content": {"application/json": {"schema": schema}}}


def _record(*required: str) -> Document:
    return {"type": "object", "required": list(required), "properties": {"id": TEXT}}
