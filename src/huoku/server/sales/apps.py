from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "huoku.server.sales"
    label = "sales"
    verbose_name = "Sales"
