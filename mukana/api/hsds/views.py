"""Addresses under /hsds/: the directory in Open Referral's HSDS 3.x, open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from mukana.api.hsds import answers
from mukana.api.hsds.asking import language_of, named_question, question, site_question
from mukana.api.hsds.telling import Telling
from mukana.api.open_data import HEADERS, preflight, refused, told
from mukana.api.reading import NotFound, Parameters, Refusal
from mukana.formats.hsds import VERSION
from mukana.formats.hsds_parts import dump
from mukana.lib.allow import allow
from mukana.lib.clock import now, today

PROFILE = "https://docs.openreferraluk.org/en/latest/"
NDJSON = "application/x-ndjson"
View = Callable[..., answers.Body]


def hsds(view: View) -> Callable[..., HttpResponseBase]:
    """Turn a view of (parameters, telling, …) into one that answers in one language and says which."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return refused(Refusal(405, "read_only", "This data can only be read."))
        given = dict(request.GET.lists())
        try:
            telling = Telling(language_of(given, request.META.get("HTTP_ACCEPT_LANGUAGE", "")), today())
            return _told(view(given, telling, **named), telling.language)
        except Refusal as refusal:
            return refused(refusal)

    return answer


@allow("public")
@hsds
def root(given: Parameters, telling: Telling) -> answers.Body:
    """Which version this is, and where it is described."""
    return dump({"version": VERSION, "profile": PROFILE, "openapi_url": f"{settings.BASE_URL}/hsds/openapi.json"})


@allow("public")
@hsds
def services(given: Parameters, telling: Telling) -> answers.Body:
    """Services."""
    return answers.services(question(given, now()), telling)


@allow("public")
@hsds
def service(given: Parameters, telling: Telling, key: str) -> answers.Body:
    """One service whole."""
    return answers.service(_key(key), telling)


@allow("public")
@hsds
def sites(given: Parameters, telling: Telling) -> answers.Body:
    """Services at their places."""
    return answers.sites(site_question(given, now()), telling)


@allow("public")
@hsds
def site(given: Parameters, telling: Telling, key: str) -> answers.Body:
    """One service at its place."""
    return answers.site(_key(key), telling)


@allow("public")
@hsds
def organizations(given: Parameters, telling: Telling) -> answers.Body:
    """Organisations."""
    return answers.organizations(named_question(given), telling)


@allow("public")
@hsds
def organization(given: Parameters, telling: Telling, key: str) -> answers.Body:
    """One organisation whole."""
    return answers.organization(_key(key), named_question(given), telling)


@allow("public")
@hsds
def taxonomies(given: Parameters, telling: Telling) -> answers.Body:
    """Vocabularies."""
    return answers.taxonomies(named_question(given), telling)


@allow("public")
@hsds
def taxonomy(given: Parameters, telling: Telling, key: str) -> answers.Body:
    """One vocabulary."""
    return answers.taxonomy(_key(key), telling)


@allow("public")
@hsds
def terms(given: Parameters, telling: Telling) -> answers.Body:
    """Words of the vocabularies."""
    return answers.terms(named_question(given), telling)


@allow("public")
@hsds
def term(given: Parameters, telling: Telling, key: str) -> answers.Body:
    """One word."""
    return answers.term(_key(key), telling)


def _key(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError as error:
        raise NotFound("There is nothing with this id.") from error


def _told(body: answers.Body, language: str) -> HttpResponseBase:
    response: HttpResponse | StreamingHttpResponse
    if isinstance(body, bytes):
        response = told(body)
    else:
        response = StreamingHttpResponse(body, content_type=NDJSON, headers=HEADERS)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response
