"""Jobs and schedules: each runs when it is due, once, and an idle worker disturbs nobody."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_tasks import task

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RAN = []


def note():
    RAN.append("note")


def fail():
    RAN.append("fail")
    raise RuntimeError("no disk")


@task()
def add(first: int, second: int) -> int:
    return first + second


@pytest.fixture
def recurring(db):
    from huoku.server.platform.jobs.schedules import Recurring, enter_schedules

    RAN.clear()

    def entered(function, **when):
        jobs = (Recurring("job", f"{__name__}.{function}", **when),)
        enter_schedules(NOON, jobs)
        return jobs

    return entered


def test_a_job_runs_at_once_and_then_each_period(recurring, monkeypatch):
    from huoku.server.platform.jobs import schedules

    jobs = recurring("note", every=timedelta(minutes=5))
    monkeypatch.setattr(schedules.clock, "now", lambda: NOON)
    assert [schedules.run_due(NOON, jobs), schedules.run_due(NOON, jobs)] == [["job"], []]
    assert schedules.run_due(NOON + timedelta(minutes=5), jobs) == ["job"]
    assert RAN == ["note", "note"]


def test_a_daily_job_waits_for_its_hour_in_the_factorys_zone():
    from huoku.server.platform.jobs.schedules import Recurring

    nightly = Recurring("backup", "x.y", at=time(2))
    in_shanghai = nightly.next_after(NOON)  # it is 20:00 there
    assert in_shanghai.astimezone(UTC) == datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert nightly.next_after(in_shanghai) - in_shanghai == timedelta(days=1)


def test_a_job_that_fails_is_tried_again_when_its_lease_is_over(recurring):
    from huoku.server.platform.jobs.schedules import run_due

    jobs = recurring("fail", every=timedelta(days=1))
    assert run_due(NOON, jobs) == []
    assert run_due(NOON + timedelta(minutes=59), jobs) == [] and RAN == ["fail"]
    run_due(NOON + timedelta(hours=1), jobs)
    assert RAN == ["fail", "fail"]


def test_of_two_workers_that_see_a_job_due_one_runs_it(recurring):
    from huoku.server.platform.jobs import schedules
    from huoku.server.platform.models import Schedule

    (job,) = recurring("note", every=timedelta(minutes=5))
    seen = Schedule.objects.get(name="job").next_at
    assert [schedules._claimed(job, seen, NOON), schedules._claimed(job, seen, NOON)] == [True, False]


def test_a_job_that_is_switched_off_does_not_run(recurring):
    from huoku.server.platform.jobs.schedules import run_due
    from huoku.server.platform.models import Schedule

    jobs = recurring("note", every=timedelta(minutes=5))
    Schedule.objects.update(is_active=False)
    assert run_due(NOON, jobs) == [] and RAN == []


def test_every_recurring_job_is_there_and_runs(db, company, settings, tmp_path):
    from dataclasses import replace

    from django.db import connection
    from django.utils.module_loading import import_string

    from huoku.server.platform.jobs.schedules import RECURRING

    settings.GIVEN = replace(settings.GIVEN, data=tmp_path)
    functions = {each.name: import_string(each.function) for each in RECURRING}
    if connection.vendor == "postgresql":
        del functions["backup"]  # it wants a transaction of its own, and a test is one already
    for function in functions.values():
        function()


def test_a_job_that_was_laid_down_is_run_by_the_next_look(db, monkeypatch):
    from django_tasks_db.management.commands import db_worker

    from huoku.server.platform.jobs.worker import look_around

    # Between two jobs the library closes connections that are not in order, as that of a test is not.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    laid_down = add.enqueue(1, 2)
    look_around()
    laid_down.refresh()
    assert laid_down.return_value == 3


def test_an_idle_look_writes_nothing(db, company):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from huoku.server.platform.jobs.schedules import RECURRING
    from huoku.server.platform.jobs.worker import look_around
    from huoku.server.platform.models import Schedule

    later = datetime(2100, 1, 1, tzinfo=UTC)
    Schedule.objects.bulk_create(Schedule(name=each.name, next_at=later) for each in RECURRING)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        look_around()
    assert asked.captured_queries
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


def test_what_is_of_no_use_any_more_is_taken_out(db, settings, tmp_path):
    from django.contrib.sessions.models import Session
    from django.core.cache import cache
    from django.utils import timezone

    from huoku.server.platform.jobs.tidy import tidy
    from huoku.server.platform.models import Remembered

    now, settings.MEDIA_ROOT = timezone.now(), tmp_path
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="living", session_data="", expire_date=now + timedelta(days=1))
    cache.set("failed-logins", 3, timeout=60)
    Remembered.objects.create(cache_key="old", value="", expires=now - timedelta(days=1))
    tidied = tidy()
    assert (tidied["sessions"], tidied["remembered"]) == (1, 1)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["living"]
    assert cache.get("failed-logins") == 3


def test_an_idle_worker_on_sqlite_is_woken_by_somebody_elses_commit(tmp_path, monkeypatch, django_db_blocker):
    import sqlite3
    from contextlib import closing

    from django.db.utils import ConnectionHandler

    from huoku.server.platform.jobs import worker

    file = tmp_path / "huoku.sqlite3"
    ours = ConnectionHandler({"default": {"ENGINE": "huoku.server.sqlite", "NAME": str(file)}})["default"]
    monkeypatch.setattr(worker, "connection", ours)
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as other:
        seen = worker.data_version()
        assert not worker.wait_for_a_commit(seen, longest=worker.GLANCE)
        other.execute("CREATE TABLE something (id)")
        other.commit()
        assert worker.wait_for_a_commit(seen, longest=worker.GLANCE)
        ours.close()
