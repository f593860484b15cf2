from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "mukana.outbox"
    label = "outbox"
