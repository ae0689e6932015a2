"""Three doors for machines: is it alive, may it be sent work, and how is it doing."""

import time

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

from huoku.server.alerts.models import Examination
from huoku.server.platform import clock
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.running.upgrade import state

REQUESTS = Counter("huoku_requests", "Requests answered.", ["method", "status"])
SECONDS = Histogram(
    "huoku_request_seconds", "Time to answer a request.", buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10)
)
EXAMINATION_AGE = Gauge(
    "huoku_examination_age_seconds", "Age of the last nightly examination of the books; -1 without one."
)
BACKUP_AGE = Gauge("huoku_backup_age_seconds", "Age of the newest backup in the data folder; -1 without one.")


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and is of this program's state; else 503 and what is the matter."""
    faults = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        now = state()
        if now.pending:
            faults.append(f"{len(now.pending)} migrations pending: run huoku upgrade")
        if now.unknown:
            faults.append(f"the database is newer than the program: {now.unknown[0]}")
    except DatabaseError as fault:
        faults.append(f"the database does not answer: {type(fault).__name__}")
    return JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, from this very machine or with the token that the settings name."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.GIVEN.metrics_token
    is_local = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    if not (is_local or (token and constant_time_compare(given, token))):
        return HttpResponse(status=404)
    backups = sorted((settings.GIVEN.data / "backups").glob("*.zip"), key=lambda path: path.stat().st_mtime)
    BACKUP_AGE.set(time.time() - backups[-1].stat().st_mtime if backups else -1)
    EXAMINATION_AGE.set(_examination_age())
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _examination_age() -> float:
    with entered(EVERY_COMPANY):
        last = Examination.objects.of_every_company().aggregate(last=Max("examined_at"))["last"]
    return (clock.now() - last).total_seconds() if last else -1
