"""The resident's own page, letters and paper forms."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
