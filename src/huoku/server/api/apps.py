from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ApiConfig(AppConfig):
    name = "huoku.server.api"
    label = "api"
    verbose_name = "Interface"

    def ready(self) -> None:
        autodiscover_modules("tables")
