from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "mukana.audit"
    label = "audit"
