from django.apps import AppConfig


class ShortagesConfig(AppConfig):
    name = "huoku.server.shortages"
    label = "shortages"
    verbose_name = "Shortages"
