"""The receiver's pages, by link."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
