"""Support persons: their own page by link, the register, who is asked."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
