from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "mukana.api"
    label = "api"
