from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "huoku.server.notices"
    label = "notices"
    verbose_name = "Notices"
