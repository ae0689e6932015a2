from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules, module_has_submodule

OURS = "huoku.server."


class PlatformConfig(AppConfig):
    name = "huoku.server.platform"
    label = "platform"
    verbose_name = "Platform"

    def ready(self) -> None:
        from huoku.server.platform.guards import put_up_guards, take_down_guards
        from huoku.server.platform.joins import look_further

        gather()
        connection_created.connect(look_further, dispatch_uid="huoku joins")
        pre_migrate.connect(take_down_guards, dispatch_uid="huoku guards down")
        post_migrate.connect(put_up_guards, dispatch_uid="huoku guards")


def gather() -> None:
    """Let every app declare its rights and commands and extend the others, so that all is whole before any is asked."""
    autodiscover_modules("rights")
    for app in apps.get_app_configs():
        if app.name.startswith(OURS) and app.module and module_has_submodule(app.module, "commands"):
            package = import_module(f"{app.name}.commands")
            for module in iter_modules(package.__path__):
                import_module(f"{package.__name__}.{module.name}")
    autodiscover_modules("extends")
