"""Making a referral: by a professional, from paper, by oneself or a relative; and what became of one's own."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
