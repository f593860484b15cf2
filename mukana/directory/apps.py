from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "mukana.directory"
    label = "directory"

    def ready(self) -> None:
        from mukana.directory.queries.feedback import unanswered
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(
            Item(
                _("Palautteet"), "feedback_desk", "chat-circle-text", "feedback.answer",
                section="staff", order=41, count=lambda _request: unanswered(),
            )
        )  # fmt: skip
        register(Item(_("Valokuvat"), "photograph_desk", "door-open", "entries.edit", section="staff", order=25))
