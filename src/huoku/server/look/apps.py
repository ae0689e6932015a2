from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "huoku.server.look"
    label = "look"
