from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mukana.accounts"
    label = "accounts"

    def ready(self) -> None:
        from mukana.accounts.queries import can  # models are loaded only now
        from mukana.look.navigation import Item, check_with, register

        check_with(can)  # type: ignore[arg-type]  # the menu asks with any object; `can` refuses strangers
        register(Item(_("Työpöytä"), "desk", "house", "desk.see", section="staff", order=1))
