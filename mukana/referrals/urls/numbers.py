"""The whole in numbers, and one's own goals."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import numbers

urlpatterns: list[URLPattern] = [
    path("tyopoyta/luvut/", numbers.numbers, name="referrals_numbers"),
    path("tyopoyta/luvut/taulukko.csv", numbers.numbers_table, name="referrals_numbers_table"),
]
