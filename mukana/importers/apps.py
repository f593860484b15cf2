from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "mukana.importers"
    label = "importers"
