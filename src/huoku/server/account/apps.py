from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "huoku.server.account"
    label = "huoku_account"
    verbose_name = "Account"
