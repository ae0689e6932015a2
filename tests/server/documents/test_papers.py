"""People read the number of a paper; what the ledger calls it is for programs."""

import html
import re

import pytest
from tests.server.api.conftest import nobody_is_too_quick
from tests.server.lamps import live

__all__ = ["nobody_is_too_quick"]

LEDGERS = re.compile(r"\b(?:sales|production|purchasing|warehouse|ledger)\.[a-z]+:\d+")
WATCHED = re.compile(r'data-watch="[^"]*"')
"""By which a page asks whether something of it has changed."""
DAYS = 13
OF_PROGRAMS = {"audit_entries", "events", "deliveries"}
"""What programs are told and the audit trail name rows as programs do."""


@pytest.mark.slow
def test_nothing_that_people_read_names_a_paper_as_the_ledger_does(db, settings, tmp_path):
    """After days of late suppliers, short work orders, reduced orders and open cases: in tasks, on the page of every
    row of every table, in lists on the desk and on paper."""
    from django.test import Client

    from huoku.server.documents.kinds import TASK_KINDS, sort_of
    from huoku.server.documents.models import Task
    from huoku.server.ledger.models import Reservation
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered
    from huoku.server.platform.tables.table import TABLES

    settings.MEDIA_ROOT = tmp_path
    company, _ = live(DAYS)
    client = Client()
    client.force_login(User.objects.get(username="owner"))
    with entered(company):
        tasks = list(Task.objects.of(company))
        assert {"promise_lost", "supply_late", "surplus", "shortage"} <= {task.kind for task in tasks}
        assert [task.text_zh for task in tasks if LEDGERS.search(task.text_zh + task.text_en)] == []
        assert {sort_of(task.kind) for task in tasks} <= set(TASK_KINDS)
        assert LEDGERS.match(Reservation.objects.of(company).first().demand)
    first = client.get("/").content.decode()
    for address in {each for each in re.findall(r'href="(/[^"#]*)', first) if not each.startswith("/static/")}:
        assert client.get(html.unescape(address)).status_code in (200, 302), address
    found = set()
    for name in set(TABLES) - OF_PROGRAMS:
        listed = client.get(f"/office/{name}/rows").json()["rows"]
        pages = [f"/office/{name}/", f"/office/{name}/?as=paper", f"/office/{name}/rows"]
        for row in listed[:3]:
            pages += [f"/office/{name}/{row['id']}/", f"/office/{name}/{row['id']}/drawer"]
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            text = WATCHED.sub("", answer.content.decode())
            found |= {(page, each) for each in LEDGERS.findall(text)}
    assert found == set()
