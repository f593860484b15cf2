from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "mukana.search"
    label = "search"

    def ready(self) -> None:
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(Item(_("Haun sanasto"), "lexicon", "book-open", "lexicon.edit", section="staff", order=30))
