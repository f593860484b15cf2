"""Support persons: their own page by link, the register, who is asked."""

from __future__ import annotations

from django.urls import URLPattern, path

from mukana.referrals.views import accompany

urlpatterns: list[URLPattern] = [
    path("saattaja/<str:token>/", accompany.company, name="company"),
]
