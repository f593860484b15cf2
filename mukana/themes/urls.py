"""Addresses of themes."""

from __future__ import annotations

from django.urls import path

from mukana.themes import views

urlpatterns = [
    path("teema/<slug:slug>.css", views.theme_css, name="theme_css"),
    path("teema/<slug:slug>/logo.png", views.theme_logo, name="theme_logo"),
    path("tyopoyta/ulkoasu/", views.themes, name="themes"),
    path("tyopoyta/ulkoasu/uusi/", views.edit, name="theme_new"),
    path("tyopoyta/ulkoasu/varit.css", views.draft_css, name="theme_draft_css"),
    path("tyopoyta/ulkoasu/<uuid:theme_id>/", views.edit, name="theme_edit"),
    path("tyopoyta/ulkoasu/<uuid:theme_id>/esikatselu/", views.preview, name="theme_preview"),
    path("tyopoyta/ulkoasu/<uuid:theme_id>/poista/", views.remove, name="theme_remove"),
]
