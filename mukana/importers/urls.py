"""Addresses of the staff's pages on sources; under /tyopoyta/."""

from __future__ import annotations

from django.urls import path

from mukana.importers import undo_views, views

urlpatterns = [
    path("lahteet/", views.sources, name="sources"),
    path("lahteet/tuo-taulukko/", views.table_upload, name="table_upload"),
    path("lahteet/tuo-taulukko/<uuid:upload>/", views.table_columns, name="table_columns"),
    path("lahteet/ajo/<int:run>/", views.run_report, name="run_report"),
    path("lahteet/ajo/<int:run>/tulleet/<slug:kind>/", undo_views.run_brought, name="run_brought"),
    path("lahteet/ajo/<int:run>/peru/", undo_views.run_undo, name="run_undo"),
    path("lahteet/uusi/", views.source_new, name="source_new"),
    path("lahteet/<slug:key>/", views.source, name="source"),
    path("lahteet/<slug:key>/haku/", views.source_plan, name="source_plan"),
    path("lahteet/<slug:key>/hae-nyt/", views.source_fetch, name="source_fetch"),
    path("lahteet/<slug:key>/piilossa/", undo_views.source_hidden, name="source_hidden"),
    path("lahteet/<slug:key>/poista/", undo_views.source_remove, name="source_remove"),
]
