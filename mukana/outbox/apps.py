from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "mukana.outbox"
    label = "outbox"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs  # what is registered at start-up
        from mukana.look.navigation import Item, register
        from mukana.outbox.queries import needing_a_person

        register(
            Item(
                _("Lähetetyt viestit"), "messages", "envelope", "outbox.see", section="staff", order=40, count=lambda _: needing_a_person()
            )
        )
        name_things(**{"outbox.Message": ("Viesti", "message")})
        name_verbs(
            **{
                "message.retried": "pyysi lähettämään viestin uudelleen",
                "message.went": "merkitsi viestin lähteneeksi",
                "message.forgotten": "unohti viestin",
            }
        )
