from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "mukana.guidance"
    label = "guidance"
