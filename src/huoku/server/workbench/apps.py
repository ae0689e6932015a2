from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "huoku.server.workbench"
    label = "workbench"

    def ready(self) -> None:
        from huoku.server.workbench import (
            forms,
            reasons,  # noqa: F401 - declares them
        )
        from huoku.server.workbench.links import enter

        enter()
        forms.enter()
