from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "huoku.server.ledger"
    label = "ledger"
    verbose_name = "Ledger"
