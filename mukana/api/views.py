"""Addresses under /v1/: open data in the shape of Linked Events."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mukana.api import describing
from mukana.api.feeds import calendar_of, feed_of
from mukana.api.open_data import open_data
from mukana.api.queries import events as event_queries
from mukana.api.queries import named, publishers, sets
from mukana.api.queries.pages import Found, page
from mukana.api.reading import BadParameter, NotFound, Parameters, Slice, refuse_null, slice_of
from mukana.api.rules import event_question, included, named_question, text_of
from mukana.formats.linkedevents import dump
from mukana.lib.allow import allow
from mukana.lib.clock import now
from mukana.search.forms import read

ANYWHERE = {"Access-Control-Allow-Origin": "*"}
RESOURCES = ("event", "place", "keyword", "keyword_set", "organization", "language", "search")


@allow("public")
@open_data
def root(request: HttpRequest) -> bytes:
    """What there is."""
    return dump({name: f"{settings.BASE_URL}/v1/{name}/" for name in RESOURCES})


@allow("public")
@open_data
def described(request: HttpRequest) -> bytes:
    """Linked Events as OpenAPI."""
    return dump(describing.linked_events(settings.BASE_URL))


@allow("public")
@open_data
def hsds_described(request: HttpRequest) -> bytes:
    """HSDS as OpenAPI."""
    return dump(describing.hsds(settings.BASE_URL))


@allow("public")
@open_data
def events(request: HttpRequest) -> bytes:
    """A page of events."""
    given, moment = _given(request), now()
    question = event_question(given, moment)
    return page(event_queries.events(question, moment), question.slice, request.path_info, given)


@allow("public")
@open_data
def event(request: HttpRequest, whole_id: str) -> bytes:
    """One event."""
    given = _given(request)
    return event_queries.event(_whole(whole_id), included(given))


@allow("public")
@open_data
def search(request: HttpRequest) -> bytes:
    """Events that answer the words, the best first."""
    given = _given(request)
    if (given.get("type") or ["event"])[-1] != "event":
        raise BadParameter("type", "only event can be searched for.")
    refuse_null(given)
    words = text_of(given) or (given.get("input") or [""])[-1].strip()
    if not words:
        raise BadParameter("q", "give the words to search for.")
    moment = now()
    question = event_question({**given, "q": [words]}, moment)
    return page(event_queries.events(question, moment), question.slice, request.path_info, given)


@allow("public")
@open_data
def places(request: HttpRequest) -> bytes:
    """A page of places."""
    given = _given(request)
    question = named_question(given, "show_all_places")
    return page(named.places(question), question.slice, request.path_info, given)


@allow("public")
@open_data
def place(request: HttpRequest, whole_id: str) -> bytes:
    """One place."""
    return named.place(_whole(whole_id))


@allow("public")
@open_data
def keywords(request: HttpRequest) -> bytes:
    """A page of keywords."""
    given = _given(request)
    question = named_question(given, "show_all_keywords")
    return page(named.keywords(question), question.slice, request.path_info, given)


@allow("public")
@open_data
def keyword(request: HttpRequest, whole_id: str) -> bytes:
    """One keyword."""
    return named.keyword(_whole(whole_id))


@allow("public")
@open_data
def keyword_sets(request: HttpRequest) -> bytes:
    """A page of keyword sets."""
    given = _given(request)
    wanted = slice_of(given)
    return page(sets.keyword_sets(wanted, included(given)), wanted, request.path_info, given)


@allow("public")
@open_data
def keyword_set(request: HttpRequest, whole_id: str) -> bytes:
    """One keyword set."""
    return sets.keyword_set(_whole(whole_id), included(_given(request)))


@allow("public")
@open_data
def organizations(request: HttpRequest) -> bytes:
    """A page of publishers."""
    given = _given(request)
    wanted = slice_of(given)
    return page(publishers.organizations(wanted), wanted, request.path_info, given)


@allow("public")
@open_data
def organization(request: HttpRequest, whole_id: str) -> bytes:
    """One publisher."""
    return publishers.organization(_whole(whole_id))


@allow("public")
@open_data
def languages(request: HttpRequest) -> bytes:
    """All languages."""
    found: Found = named.languages()
    return page(found, Slice(1, found.count), request.path_info, {})


@allow("public")
@open_data
def language(request: HttpRequest, code: str) -> bytes:
    """One language."""
    return named.language(code)


def _given(request: HttpRequest) -> Parameters:
    return dict(request.GET.lists())


def _whole(whole_id: str) -> str:
    if "\x00" in whole_id:
        raise NotFound("There is nothing with this id.")
    return whole_id


@allow("public")
@require_safe
def search_calendar(request: HttpRequest) -> HttpResponse:
    """A search as a calendar, with the parameters of the results page."""
    response = HttpResponse(calendar_of(read(request.GET).asked), content_type="text/calendar; charset=utf-8", headers=ANYWHERE)
    response.headers["Content-Disposition"] = 'inline; filename="mukana.ics"'
    return response


@allow("public")
@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """A search as a feed, with the parameters of the results page."""
    return HttpResponse(feed_of(read(request.GET).asked), content_type="application/rss+xml; charset=utf-8", headers=ANYWHERE)
