from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    name = "huoku.server.purchasing"
    label = "purchasing"
    verbose_name = "Purchasing"
