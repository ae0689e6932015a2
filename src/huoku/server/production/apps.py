from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "huoku.server.production"
    label = "production"
    verbose_name = "Production"
