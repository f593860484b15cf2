from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mukana.web"
    label = "web"
