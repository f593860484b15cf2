"""Addresses of the pages on pairs; under /tyopoyta/samat/."""

from __future__ import annotations

from django.urls import path

from mukana.duplicates import views

urlpatterns = [
    path("", views.pairs, name="duplicates"),
    path("<int:pair>/", views.pair, name="duplicate"),
    path("<int:pair>/paatos/", views.decide, name="duplicate_decide"),
    path("kohde/<uuid:entry>/", views.merged, name="merged"),
    path("kohde/<uuid:entry>/erota/", views.split, name="merged_split"),
]
