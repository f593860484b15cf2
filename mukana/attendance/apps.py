from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "mukana.attendance"
    label = "attendance"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs  # the words are told at start-up

        name_verbs(**{"attendance.marked": "merkitsi osallistumisen", "attendance.counted": "merkitsi osallistujamäärän"})
        name_things(**{"attendance.Mark": ("Osallistuminen", ""), "attendance.Headcount": ("Osallistujamäärä", "")})
