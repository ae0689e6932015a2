from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "huoku.server.alerts"
    label = "alerts"
    verbose_name = "Alerts"
