"""The whole in numbers, and a resident's own goals."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import goals, numbers

_GOALS = "tyopoyta/hyvinvointilahete/<uuid:case_id>/tavoitteet/"
urlpatterns: list[URLPattern] = [
    path("tyopoyta/luvut/", numbers.numbers, name="referrals_numbers"),
    path("tyopoyta/luvut/taulukko.csv", numbers.numbers_table, name="referrals_numbers_table"),
    path(_GOALS, goals.case_goals, name="case_goals"),
    path(f"{_GOALS}lupa/", goals.goals_permit, name="goals_permit"),
    path(f"{_GOALS}<uuid:goal_id>/jata/", goals.goal_leave, name="goal_leave"),
]
