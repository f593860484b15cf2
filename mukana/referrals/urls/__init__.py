"""Addresses of referrals, by who uses them; those in text messages are short."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include(f"mukana.referrals.urls.{part}")) for part in ("numbers", "refer", "work", "receive", "accompany", "resident")
]
