"""The doors of the server."""

from django.urls import URLPattern, URLResolver, path

from huoku.server.running.health import healthz, metrics, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
]
