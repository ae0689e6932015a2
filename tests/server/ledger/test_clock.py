"""Numbers order things, clocks only label them: a clock that jumps harms nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.server.ledger.test_movements import refused

NOW = datetime(2028, 2, 29, 15, 59, 59, tzinfo=UTC)
"""The last second of a leap day in Shanghai."""
JUMPS = [
    timedelta(0),
    timedelta(hours=1),
    -timedelta(hours=1),
    timedelta(days=1),
    -timedelta(minutes=5),
    -timedelta(days=1),
]


@pytest.fixture
def set_clock(monkeypatch):
    """Turn the server's clock; PostgreSQL's is its own and stays."""
    if connection.vendor != "sqlite":
        pytest.skip("the clock of PostgreSQL is not ours to turn")
    from huoku.server.platform import clock

    return lambda at: monkeypatch.setattr(clock, "now", lambda: at)


def test_a_clock_that_jumps_leaves_the_order_as_it_was(warehouse, set_clock):
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.models import Movement

    bolt = warehouse.item()
    for n, jump in enumerate(JUMPS, start=1):
        set_clock(NOW + jump)
        warehouse.receive(bolt, n)
    rows = list(Movement.objects.of(warehouse.company).order_by("seq").values_list("quantity", "recorded_at"))
    assert [quantity for quantity, _ in rows] == [1, 2, 3, 4, 5, 6]
    times = [at for _, at in rows]
    assert times == sorted(times) and times[-1] == NOW + timedelta(days=1)
    assert warehouse.stock(bolt) == (21, 0)
    assert [str(finding) for finding in examine(warehouse.company)] == []


def test_a_reservation_expires_once_and_not_before_its_time(warehouse, set_clock):
    from huoku.server.ledger.commands.reservations import ExpireDue, expire_due

    bolt = warehouse.item()
    set_clock(NOW)
    warehouse.receive(bolt, 10)
    kept = warehouse.reserve(bolt, 10, lasts_seconds=3600)["id"]
    for jump, expired in [(-86400, []), (3599, []), (3600, [kept]), (-300, []), (86400, [])]:
        set_clock(NOW + timedelta(seconds=jump))
        assert warehouse.do(expire_due, ExpireDue())["expired"] == expired
    assert warehouse.stock(bolt) == (10, 0)


def test_what_is_said_to_happen_tomorrow_is_refused(warehouse, set_clock):
    bolt = warehouse.item()
    set_clock(NOW)
    line = warehouse.line("receive", bolt, 1, "supplier", "storage")
    warehouse.record(line, effective_at=NOW + timedelta(minutes=59))
    refused("not_yet", warehouse.record, line, effective_at=NOW + timedelta(hours=2))


def test_midnight_is_where_the_time_says_it_is(warehouse, set_clock):
    """The same moment in Shanghai and in UTC closes the same books."""
    from datetime import timezone

    from huoku.server.ledger.commands.periods import LockPeriod, lock_period

    bolt = warehouse.item()
    set_clock(NOW)
    shanghai = timezone(timedelta(hours=8))
    warehouse.do(lock_period, LockPeriod(until=datetime(2028, 2, 29, 0, 0, tzinfo=shanghai)))
    line = warehouse.line("receive", bolt, 1, "supplier", "storage")
    refused("period_is_locked", warehouse.record, line, effective_at=datetime(2028, 2, 28, 16, 0, tzinfo=UTC))
    warehouse.record(line, effective_at=datetime(2028, 2, 28, 16, 0, 1, tzinfo=UTC))
    assert warehouse.stock(bolt) == (1, 0)


def test_a_clock_that_is_put_back_opens_no_closed_books(warehouse, set_clock):
    from huoku.server.ledger.commands.periods import LockPeriod, lock_period
    from huoku.server.ledger.doctor import examine

    bolt = warehouse.item()
    set_clock(NOW)
    warehouse.do(lock_period, LockPeriod(until=NOW))
    set_clock(NOW + timedelta(seconds=1))
    warehouse.receive(bolt, 3)
    set_clock(NOW - timedelta(minutes=5))
    refused("period_is_locked", warehouse.receive, bolt, 4)
    assert warehouse.stock(bolt) == (3, 0)
    assert [str(finding) for finding in examine(warehouse.company)] == []
