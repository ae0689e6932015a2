from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "huoku.server.warehouse"
    label = "warehouse"
    verbose_name = "Warehouse"
