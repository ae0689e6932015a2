from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "huoku.server.statements"
    label = "statements"
    verbose_name = "Statements of account"
