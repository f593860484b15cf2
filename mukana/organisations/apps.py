from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "mukana.organisations"
    label = "organisations"
