from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "mukana.referrals"
    label = "referrals"

    def ready(self) -> None:
        from mukana.referrals import menu, starting  # words, kinds of messages, listeners

        starting.start()
        menu.fill()
