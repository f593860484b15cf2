from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbedsConfig(AppConfig):
    name = "mukana.embeds"
    label = "embeds"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        name_verbs(**{"embed.saved": "muutti upotusta", "embed.ended": "lopetti upotuksen"})
        name_things(**{"embeds.Embed": ("Upotettava luettelo", "")})
        register(Item(_("Upotukset"), "embeds", "share-network", "embeds.manage", section="staff", order=46))
