from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportersConfig(AppConfig):
    name = "mukana.importers"
    label = "importers"

    def ready(self) -> None:
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(
            Item(_("Tietolähteet"), "sources", "database", "sources.see", section="staff", order=20),
            Item(_("Tuo taulukko"), "table_upload", "upload-simple", "sources.import", section="staff", order=21),
        )
