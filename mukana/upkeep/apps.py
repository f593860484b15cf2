from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "mukana.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        pass
