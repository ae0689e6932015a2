"""The doors of the server."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("huoku.server.account.urls")),
    path("", include("huoku.server.api.urls")),
]
