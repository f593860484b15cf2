from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from mukana.api import gdpr, openactive, pages, views
from mukana.api.fhir.serving import views as fhir
from mukana.api.hsds import views as hsds


def either(route: str, view: Callable[..., Any]) -> list[URLPattern]:
    """With and without a slash at the end: HSDS writes its addresses without one."""
    return [path(route, view), path(f"{route}/", view)]


urlpatterns = [
    path("v1/", views.root, name="open-data"),
    path("v1/openapi.json", views.described),
    path("v1/event/", views.events),
    path("v1/event/<path:whole_id>/", views.event),
    path("v1/place/", views.places),
    path("v1/place/<path:whole_id>/", views.place),
    path("v1/keyword/", views.keywords),
    path("v1/keyword/<path:whole_id>/", views.keyword),
    path("v1/keyword_set/", views.keyword_sets),
    path("v1/keyword_set/<path:whole_id>/", views.keyword_set),
    path("v1/organization/", views.organizations),
    path("v1/organization/<path:whole_id>/", views.organization),
    path("v1/language/", views.languages),
    path("v1/language/<slug:code>/", views.language),
    path("v1/search/", views.search),
    *either("hsds", hsds.root),
    path("hsds/openapi.json", views.hsds_described),
    *either("hsds/services", hsds.services),
    *either("hsds/services/<str:key>", hsds.service),
    *either("hsds/service_at_locations", hsds.sites),
    *either("hsds/service_at_locations/<str:key>", hsds.site),
    *either("hsds/organizations", hsds.organizations),
    *either("hsds/organizations/<str:key>", hsds.organization),
    *either("hsds/taxonomies", hsds.taxonomies),
    *either("hsds/taxonomies/<str:key>", hsds.taxonomy),
    *either("hsds/taxonomy_terms", hsds.terms),
    *either("hsds/taxonomy_terms/<str:key>", hsds.term),
    path("avoin-data/", pages.open_data_page, name="open_data_page"),
    path("avoin-data/rajapinnat/", pages.interfaces, name="interfaces"),
    path("avoin-data/<str:name>", pages.dump, name="open_data_file"),
    path("haku/kalenteri.ics", views.search_calendar, name="search_calendar"),
    path("haku/syote.rss", views.search_feed, name="search_feed"),
    *either("openactive/session-series", openactive.series),
    *either("openactive/scheduled-sessions", openactive.sessions),
    path("fhir/metadata", fhir.metadata, name="fhir"),
    path("fhir/<str:kind>", fhir.search),
    path("fhir/<str:kind>/<str:key>", fhir.one),
    path("fhir/<str:kind>/<str:key>/_history", fhir.history),
    path("fhir/<str:kind>/<str:key>/_history/<int:number>", fhir.version),
    path("fhir/", fhir.nowhere),
    path("fhir/<path:rest>", fhir.nowhere),
    path("gdpr-api/v1/user/<str:subject>", gdpr.user),
]
