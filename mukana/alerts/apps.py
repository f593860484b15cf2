from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "mukana.alerts"
    label = "alerts"

    def ready(self) -> None:
        from mukana.alerts.actions.keeping import hear_bounce
        from mukana.audit.rules import name_things, name_verbs
        from mukana.look.navigation import Item, register  # the menu is filled at start-up
        from mukana.outbox.listeners import bounced
        from mukana.outbox.rules import Kind
        from mukana.outbox.rules import register as register_kinds

        bounced.listen(hear_bounce)
        register_kinds(
            Kind("alerts.confirm", "Hakuvahdin vahvistuspyyntö", secret=True, forget_to=True, at_once=True),
            Kind("alerts.news", "Hakuvahdin viesti", secret=True, forget_to=True),
        )
        name_verbs(
            **{
                "alert.confirmed": "vahvisti hakuvahdin",
                "alert.ended": "lopetti hakuvahdin",
                "alerts.counted": "katsoi hakuvahtien määrät",
            }
        )
        name_things(**{"alerts.Alert": ("Hakuvahti", "")})
        register(Item(_("Hakuvahdit"), "alerts_desk", "clock", "alerts.see", section="staff", order=44))
