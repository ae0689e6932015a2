from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "huoku.server.partners"
    label = "partners"
    verbose_name = "Partners"
