"""The look as a Django app: templates, static files and tags."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "mukana.look"
    label = "look"

    def ready(self) -> None:
        from mukana.look.sentences import speak_plainly  # fields are loaded only now

        speak_plainly()
