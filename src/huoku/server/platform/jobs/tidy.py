"""Taking out what is of no use any more: ended sessions, unused files, counts of old failed logins, old jobs."""

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django_tasks_db.models import DBTaskResult

from huoku.server.platform import clock
from huoku.server.platform.files import sweep
from huoku.server.platform.models import Job, Remembered
from huoku.server.platform.scope import EVERY_COMPANY, entered

RESULTS_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=90)
"""As long as the keys of commands are good at least."""
AT_ONCE = 1000
"""So many rows go in one transaction: other writers wait for a moment only."""


def tidy() -> dict[str, int]:
    """Delete them a thousand at a time; returns how many of each."""
    now = clock.now()
    keys = Session.objects.values("session_key")
    return {
        "sessions": _delete(Session.objects.filter(expire_date__lt=now)),
        "users_sessions": _delete(UserSession.objects.exclude(session_key__in=keys)),
        "files": sweep(now),
        "jobs": _delete_jobs(now - JOBS_KEPT),
        "remembered": _delete(Remembered.objects.filter(expires__lt=now)),
        "results": _delete(DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_KEPT)),
    }


def _delete_jobs(before: datetime) -> int:
    with entered(EVERY_COMPANY):
        ended = Job.objects.of_every_company().filter(ended_at__lt=before)
        with transaction.atomic():
            return ended.delete()[0]


def _delete(rows: models.QuerySet[Any]) -> int:
    deleted = 0
    while some := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            rows.model._default_manager.filter(pk__in=some).delete()
        deleted += len(some)
    return deleted
