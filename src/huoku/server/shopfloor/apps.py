from django.apps import AppConfig


class ShopfloorConfig(AppConfig):
    name = "huoku.server.shopfloor"
    label = "shopfloor"
    verbose_name = "Shop floor"

    def ready(self) -> None:
        from huoku.server.shopfloor import reasons  # noqa: F401 - declares them
        from huoku.server.shopfloor.links import enter

        enter()
