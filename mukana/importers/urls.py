"""Addresses of the staff's pages on sources; under /tyopoyta/."""

from __future__ import annotations

from django.urls import path

from mukana.importers import views

urlpatterns = [
    path("lahteet/", views.sources, name="sources"),
    path("lahteet/tuo-taulukko/", views.table_upload, name="table_upload"),
    path("lahteet/tuo-taulukko/<uuid:upload>/", views.table_columns, name="table_columns"),
    path("lahteet/ajo/<int:run>/", views.run_report, name="run_report"),
    path("lahteet/uusi/", views.source_new, name="source_new"),
    path("lahteet/<slug:key>/", views.source, name="source"),
    path("lahteet/<slug:key>/haku/", views.source_plan, name="source_plan"),
    path("lahteet/<slug:key>/hae-nyt/", views.source_fetch, name="source_fetch"),
]
