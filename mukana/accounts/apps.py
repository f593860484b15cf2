from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mukana.accounts"
    label = "accounts"
