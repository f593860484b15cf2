from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "mukana.directory"
    label = "directory"
