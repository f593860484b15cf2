"""The look as a Django app: templates, static files and tags."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "mukana.look"
    label = "look"
