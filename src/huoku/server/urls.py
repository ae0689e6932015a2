"""The doors of the server."""

from django.urls import URLPattern, URLResolver, include, path

from huoku.server.running.health import healthz, metrics, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("huoku.server.account.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("start/", include("huoku.server.running.first_start")),
    path("start/", include("huoku.server.running.own_data")),
    path("", include("huoku.server.office.urls")),
    path("", include("huoku.server.workbench.urls")),
    path("", include("huoku.server.shopfloor.urls")),
    path("", include("huoku.server.api.urls")),
]
