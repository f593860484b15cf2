from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "mukana.web"
    label = "web"

    def ready(self) -> None:
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(
            Item(_("Etsi tekemistä"), "search", "magnifying-glass", order=1),
            Item(_("Liiku kotona"), "from_home", "house", order=2),
        )
