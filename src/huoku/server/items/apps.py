from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "huoku.server.items"
    label = "items"
    verbose_name = "Items"
