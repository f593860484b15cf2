"""Addresses of the search."""

from __future__ import annotations

from django.urls import path

from mukana.search import views

urlpatterns = [
    path("haku/", views.results, name="search"),
    path("haku/ehdota/", views.offer_words, name="search_words"),
]
