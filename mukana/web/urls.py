"""Addresses of the home page and of the pages about the service itself."""

from __future__ import annotations

from django.urls import path

from mukana.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("paikkakunta/", views.place_choice, name="place_choice"),
    path("kotona/", views.from_home, name="from_home"),
    path("saavutettavuus/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("tietosuoja/", views.privacy, name="privacy"),
]
