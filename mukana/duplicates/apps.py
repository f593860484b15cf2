from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "mukana.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        from mukana.duplicates.queries import waiting
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(
            Item(
                _("Samat asiat"), "duplicates", "copy", "duplicates.decide",
                section="staff", order=25, count=lambda _request: waiting().count(),
            )
        )  # fmt: skip
