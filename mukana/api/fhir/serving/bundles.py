"""Bundles, and what this server says of itself."""

from __future__ import annotations

from urllib.parse import urlencode

from mukana.api.fhir.kinds import OF_CASES, REFERRED_TO
from mukana.api.fhir.mapping.facts import Site
from mukana.api.fhir.mapping.parts import Json, clean, moment
from mukana.api.fhir.serving.asking import allowed
from mukana.api.fhir.serving.finding import Page

KINDS = (*OF_CASES, *REFERRED_TO)
_SORT = {"_id": "token", "status": "token", "patient": "reference", "subject": "reference", "_lastUpdated": "date"}


def searched(kind: str, page: Page, query: list[tuple[str, str]], where: Site) -> Json:
    """A page of a search with the link to the next one; the count of all only when this is all."""
    base = f"{where.base}/fhir/{kind}"
    whole = not page.after and not any(name == "_after" for name, _ in query)
    links = [{"relation": "self", "url": _address(base, query)}]
    if page.after:
        ahead = [pair for pair in query if pair[0] != "_after"] + [("_after", page.after)]
        links.append({"relation": "next", "url": _address(base, ahead)})
    bundle: Json = {"resourceType": "Bundle", "type": "searchset", "timestamp": moment(where.now)}
    if whole:
        bundle["total"] = len(page.resources)
    entries = [{"fullUrl": f"{base}/{one['id']}", "resource": one, "search": {"mode": "match"}} for one in page.resources]
    return {**bundle, "link": links, **clean({"entry": entries})}


def history(kind: str, key: str, page: Page, where: Site) -> Json:
    """Every version of a resource, the newest first."""
    address = f"{where.base}/fhir/{kind}/{key}"
    entries = [
        {
            "fullUrl": address,
            "resource": one,
            "request": {"method": "POST" if one["meta"]["versionId"] == "1" else "PUT", "url": f"{kind}/{key}"},
            "response": {"status": "200", "etag": etag(one), "lastModified": one["meta"]["lastUpdated"]},
        }
        for one in reversed(page.resources)
    ]
    return {
        "resourceType": "Bundle",
        "type": "history",
        "timestamp": moment(where.now),
        "total": len(entries),
        "link": [{"relation": "self", "url": f"{address}/_history"}],
        "entry": entries,
    }


def etag(resource: Json) -> str:
    """The version as HTTP tells it, "" where there is none."""
    version = resource.get("meta", {}).get("versionId", "")
    return f'W/"{version}"' if version else ""


def capabilities(where: Site) -> Json:
    """What this server can do."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "implementation": {"description": "Mukana: hyvinvointilähetteet", "url": f"{where.base}/fhir"},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "security": {
                    "cors": False,
                    "description": "Authorization: Bearer, a token of a system that the controller has authorised.",
                },
                "resource": [_capability(kind) for kind in KINDS],
            }
        ],
    }


def _capability(kind: str) -> Json:
    more = ("vread", "history-instance") if kind == "Task" else ()
    return {
        "type": kind,
        "interaction": [{"code": code} for code in ("read", "search-type", *more)],
        "versioning": "versioned" if kind == "Task" else "no-version",
        "searchParam": [{"name": name, "type": _SORT[name]} for name in allowed(kind)],
    }


def _address(base: str, query: list[tuple[str, str]]) -> str:
    return f"{base}?{urlencode(query)}" if query else base
