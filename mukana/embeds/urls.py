"""Addresses of embeddable lists."""

from __future__ import annotations

from django.urls import path

from mukana.embeds import views

urlpatterns = [
    path("upota/korkeus.js", views.script, name="embed_script"),
    path("upota/<slug:slug>/", views.frame, name="embed_frame"),
    path("tyopoyta/upotukset/", views.embeds, name="embeds"),
    path("tyopoyta/upotukset/uusi/", views.edit, name="embed_new"),
    path("tyopoyta/upotukset/<uuid:embed_id>/", views.edit, name="embed_edit"),
    path("tyopoyta/upotukset/<uuid:embed_id>/lopeta/", views.end, name="embed_end"),
]
