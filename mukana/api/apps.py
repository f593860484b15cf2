from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "mukana.api"
    label = "api"

    def ready(self) -> None:
        from mukana.audit.rules import name_things, name_verbs

        name_verbs(
            **{
                "fhir.exported": "vei hyvinvointilähetteet tiedostoiksi (FHIR)",
                "api_system.added": "antoi järjestelmälle luvan lukea lähetteitä",
                "api_system.ended": "päätti järjestelmän luvan lukea lähetteitä",
            }
        )
        name_things(**{"api.System": ("Järjestelmä", ""), "api.Fhir": ("FHIR", "")})
