from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "mukana.look"
    label = "look"
