"""Addresses under /fhir/.  Marked public for the doorkeeper of people: systems are known by their tokens and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from mukana.api.fhir.kinds import OF_CASES
from mukana.api.fhir.mapping.facts import Site
from mukana.api.fhir.mapping.parts import Json
from mukana.api.fhir.serving import bundles
from mukana.api.fhir.serving.asking import Asked, asked
from mukana.api.fhir.serving.door import Reader, reader_of
from mukana.api.fhir.serving.finding import Page, find, gone, versions
from mukana.api.fhir.serving.naming import find_named
from mukana.api.fhir.serving.refusing import FhirRefused, outcome
from mukana.api.fhir.words import site
from mukana.audit.actions import read_all
from mukana.lib.allow import allow

FHIR = "application/fhir+json"
View = Callable[..., Json]


def fhir(view: View) -> Callable[..., HttpResponse]:
    """Turn a view of (request, site, …) into one that answers FHIR; refusals are OperationOutcomes."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            if request.method not in ("GET", "HEAD"):
                raise FhirRefused(405, "not-supported", "Here one only reads: GET.")
            return _told(view(request, site(settings.BASE_URL), **named))
        except FhirRefused as refused:
            return _refused(refused)

    return answer


@allow("public")
@fhir
def metadata(request: HttpRequest, where: Site) -> Json:
    """What can be read; for everybody."""
    return bundles.capabilities(where)


@allow("public")
@fhir
def search(request: HttpRequest, where: Site, kind: str) -> Json:
    """A search."""
    reader = _reader(request, kind)
    wanted = asked(kind, dict(request.GET.lists()))
    if kind == "AuditEvent" and wanted.patient is None and wanted.ids is None:
        raise FhirRefused(400, "required", "AuditEvent is searched by patient or _id.")
    page = _found(kind, wanted, reader, where)
    _write_down(page, reader, kind)
    query = [(name, value) for name, values in request.GET.lists() for value in values]
    return bundles.searched(kind, page, query, where)


@allow("public")
@fhir
def one(request: HttpRequest, where: Site, kind: str, key: str) -> Json:
    """One resource."""
    reader = _reader(request, kind)
    page = _found(kind, Asked(ids=frozenset({key})), reader, where)
    if not page.resources:
        raise _nothing(kind, key, reader)
    _write_down(page, reader, kind)
    return page.resources[0]


@allow("public")
@fhir
def history(request: HttpRequest, where: Site, kind: str, key: str) -> Json:
    """Every version of a Task."""
    page, reader = _versions(request, where, kind, key)
    _write_down(page, reader, kind)
    return bundles.history(kind, key, page, where)


@allow("public")
@fhir
def version(request: HttpRequest, where: Site, kind: str, key: str, number: int) -> Json:
    """One version of a Task."""
    page, reader = _versions(request, where, kind, key)
    found = next((one for one in page.resources if one["meta"]["versionId"] == str(number)), None)
    if found is None:
        raise FhirRefused(404, "not-found", "There is no such version.")
    _write_down(page, reader, kind)
    return found


@allow("public")
@fhir
def nowhere(request: HttpRequest, where: Site, rest: str = "") -> Json:
    """Any other address."""
    raise FhirRefused(404, "not-found", f"There is nothing at this address. See {where.base}/fhir/metadata.")


def _reader(request: HttpRequest, kind: str) -> Reader:
    reader = reader_of(request)
    if kind not in bundles.KINDS:
        raise FhirRefused(404, "not-supported", f"There are no resources of that type here. See {settings.BASE_URL}/fhir/metadata.")
    return reader


def _versions(request: HttpRequest, where: Site, kind: str, key: str) -> tuple[Page, Reader]:
    reader = _reader(request, kind)
    if kind != "Task":
        raise FhirRefused(404, "not-supported", "Only of Task is every version told.")
    page = versions(kind, key, reader, where)
    if not page.resources:
        raise _nothing(kind, key, reader)
    return page, reader


def _found(kind: str, wanted: Asked, reader: Reader, where: Site) -> Page:
    return find(kind, wanted, reader, where) if kind in OF_CASES else find_named(kind, wanted, reader, where)


def _nothing(kind: str, key: str, reader: Reader) -> FhirRefused:
    if kind in OF_CASES and gone(kind, key, reader):
        return FhirRefused(410, "deleted", "It may not be told of any more. Delete what you have of it.")
    return FhirRefused(404, "not-found", "There is nothing of this id, or nothing that you may read.")


def _write_down(page: Page, reader: Reader, kind: str) -> None:
    """Every resident of whom something was told can see who read it."""
    read_all([f"referrals.Resident:{key}" for key in page.residents], by=reader.actor, fields=[kind], purpose="fhir")


def _told(resource: Json, status: int = 200) -> HttpResponse:
    body = json.dumps(resource, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=FHIR, status=status)
    response.headers["Cache-Control"] = "no-store"
    if tag := bundles.etag(resource):
        response.headers["ETag"] = tag
    return response


def _refused(refused: FhirRefused) -> HttpResponse:
    response = _told(outcome(refused.code, refused.words), refused.status)
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Mukana"'
    if refused.status == 405:
        response.headers["Allow"] = "GET, HEAD"
    if refused.status == 429:
        response.headers["Retry-After"] = "60"
    return response
