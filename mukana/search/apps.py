from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "mukana.search"
    label = "search"
