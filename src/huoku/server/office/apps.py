from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "huoku.server.office"
    label = "office"
    verbose_name = "Office"
