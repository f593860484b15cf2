"""Addresses of the search."""

from __future__ import annotations

from django.urls import path

from mukana.search import views
from mukana.search.lexicon import views as lexicon

urlpatterns = [
    path("haku/", views.results, name="search"),
    path("tyopoyta/sanasto/", lexicon.lexicon, name="lexicon"),
    path("tyopoyta/sanasto/uusi/", lexicon.concept, name="concept_new"),
    path("tyopoyta/sanasto/palauta/<int:edition>/", lexicon.restore, name="lexicon_restore"),
    path("tyopoyta/sanasto/<str:concept>/", lexicon.concept, name="concept"),
    path("haku/ehdota/", views.offer_words, name="search_words"),
]
