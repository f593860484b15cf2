from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mukana.accounts"
    label = "accounts"

    def ready(self) -> None:
        from mukana.accounts import signals  # noqa: F401  they connect themselves; models are loaded only now
        from mukana.accounts.personal import erase, export
        from mukana.accounts.queries import can
        from mukana.lib.personal import declare
        from mukana.look.navigation import Item, check_with, register

        declare("accounts", export, erase)
        check_with(can)  # type: ignore[arg-type]  # the menu asks with any object; `can` refuses strangers
        register(
            Item(_("Työpöytä"), "desk", "house", "desk.see", section="staff", order=1),
            Item(_("Toimi toisen puolesta"), "act_for", "handshake", "act.on_behalf", section="staff", order=80),
            Item(_("Käyttäjät ja roolit"), "people", "users", "people.manage", section="staff", order=85),
            Item(_("Oma tunnus"), "own_account", "user", "signed_in", section="staff", order=99),
        )
