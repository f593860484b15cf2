from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "mukana.audit"
    label = "audit"

    def ready(self) -> None:
        from mukana.look.navigation import Item, register  # the menu is filled at start-up

        register(
            Item(_("Kuka teki mitä"), "traces", "eye", "audit.see", section="staff", order=80),
            Item(_("Säilytysajat"), "retention", "clock", "retention.run", section="staff", order=81),
            Item(_("Taustatyöt"), "background", "gear", "jobs.see", section="staff", order=82),
        )
