"""Addresses of the settings and of the gallery."""

from __future__ import annotations

from django.urls import path

from mukana.look import views

urlpatterns = [
    path("nakyma/", views.view_settings, name="view_settings"),
    path("kieli/", views.language_settings, name="language_settings"),
    path("osat/", views.gallery, name="gallery"),
    path("verkoton/", views.offline, name="offline"),
    path("verkoton.js", views.offline_worker, name="offline_worker"),  # at the root: it may look after every page
]
