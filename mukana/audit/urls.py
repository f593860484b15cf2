"""Addresses of traces, retention and background work; under /tyopoyta/."""

from __future__ import annotations

from django.urls import path

from mukana.audit import views

urlpatterns = [
    path("kuka-teki-mita/", views.traces, name="traces"),
    path("kuka-teki-mita/taulukko.csv", views.traces_table, name="traces_table"),
    path("sailytys/", views.retention, name="retention"),
    path("sailytys/esta/", views.hold_place, name="hold_place"),
    path("sailytys/esta/<int:held>/", views.hold_release, name="hold_release"),
    path("sailytys/<str:code>/", views.retention_confirm, name="retention_confirm"),
    path("taustatyot/", views.background, name="background"),
    path("taustatyot/<int:state>/", views.background_hurry, name="background_hurry"),
]
