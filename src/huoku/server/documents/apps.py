from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huoku.server.documents"
    label = "documents"
    verbose_name = "Documents"
