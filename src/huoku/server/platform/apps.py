from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlatformConfig(AppConfig):
    name = "huoku.server.platform"
    label = "platform"
    verbose_name = "Platform"

    def ready(self) -> None:
        from huoku.server.platform.guards import put_up_guards

        post_migrate.connect(put_up_guards, dispatch_uid="huoku guards")
