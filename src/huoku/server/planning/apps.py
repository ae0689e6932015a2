from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "huoku.server.planning"
    label = "planning"
    verbose_name = "Planning"
