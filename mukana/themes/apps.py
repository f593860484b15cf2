from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "mukana.themes"
    label = "themes"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        name_verbs(**{"theme.saved": "muutti ulkoasua", "theme.removed": "poisti ulkoasun"})
        name_things(**{"themes.Theme": ("Ulkoasu", "")})
        register(Item(_("Ulkoasu"), "themes", "paint-brush", "themes.edit", section="staff", order=70))
