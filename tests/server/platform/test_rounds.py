"""Statements to PostgreSQL in one round: what each returns, what a failure leaves, what is kept planned."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection, transaction

pytestmark = [pytest.mark.postgres_only, pytest.mark.django_db]


@pytest.fixture
def shelf():
    """A table of a test's own, gone with its transaction."""
    from huoku.server.platform.sql import ask

    ask("CREATE TABLE shelf (place integer PRIMARY KEY, holds smallint CHECK (holds >= 0))")
    ask("INSERT INTO shelf VALUES (1, 10), (2, 0)")
    return lambda: ask("SELECT place, holds FROM shelf ORDER BY place")


def planned():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_each_statement_sees_those_before_it(shelf):
    from huoku.server.platform.sql import ask_together

    taken, left, everything = ask_together(
        [
            ("UPDATE shelf SET holds = holds - %s WHERE place = %s RETURNING holds", [4, 1]),
            ("UPDATE shelf SET holds = holds + %s WHERE place = %s", [4, 2]),
            ("SELECT place, holds FROM shelf ORDER BY place", []),
        ]
    )
    assert (taken, left, everything) == ([(6,)], [], [(1, 6), (2, 4)])


def test_values_come_back_as_they_went():
    from huoku.server.platform.sql import ask

    went = (
        2**40,
        "M6×20 100%",
        b"\x00\xff",
        None,
        date(2026, 2, 28),
        datetime(2026, 1, 2, 3, 4, 5, 6, UTC),
        UUID(int=7),
    )
    types = ("bigint", "text", "bytea", "text", "date", "timestamptz", "uuid")
    asked = "SELECT " + ", ".join(f"%s::{type}" for type in types)
    assert [ask(asked, went) for _ in range(3)] == [[went]] * 3
    assert ask("SELECT 7 %% %s", [4]) == [(3,)]


def test_after_one_that_fails_none_is_run_and_the_next_round_is_well(shelf):
    from huoku.server.platform.sql import ask_together

    take, put = "UPDATE shelf SET holds = holds - %s WHERE place = 1", "UPDATE shelf SET holds = 5 WHERE place = %s"
    for _ in range(3):  # as it came, planned, and known
        with pytest.raises(IntegrityError, match="shelf_holds_check"), transaction.atomic():
            ask_together([(take, [11]), (put, [2])])
        assert shelf() == [(1, 10), (2, 0)]


def test_a_value_that_no_column_takes_is_refused_by_the_database(shelf):
    from huoku.server.platform.sql import ask

    with pytest.raises(DataError), transaction.atomic():
        ask("UPDATE shelf SET holds = %s", [2**20])
    assert shelf() == [(1, 10), (2, 0)]


def test_a_statement_is_planned_once_from_the_second_time_on_whatever_its_numbers(shelf):
    from huoku.server.platform.sql import ask

    asked = "SELECT holds FROM shelf WHERE place + %s = 3"
    found = []
    for number in (1, 2, 2**20, 2**40):
        ask(asked, [number])
        found.append(planned().count(asked.replace("%s", "$1")))
    assert found == [0, 1, 1, 1]


def test_only_so_many_plans_are_kept(shelf, monkeypatch):
    from huoku.server.platform import rounds
    from huoku.server.platform.sql import ask

    monkeypatch.setattr(rounds, "PLANS", 2)
    for number in range(5):
        for _ in range(2):
            ask(f"SELECT holds + {number} FROM shelf WHERE place = %s", [1])
    assert len(planned()) == 2


def test_plans_outlive_a_refusal(shelf):
    from huoku.server.platform.sql import ask

    asked = "SELECT holds FROM shelf WHERE place = %s"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        for _ in range(2):
            ask(asked, [1])
        raise ZeroDivisionError
    assert planned().count(asked.replace("%s", "$1")) == 1


def test_who_is_interrupted_leaves_no_answer_to_the_next_who_asks(monkeypatch):
    from huoku.server.platform import rounds

    def interrupted(line):
        raise KeyboardInterrupt
        yield

    other = connection.copy()
    other.connect()
    monkeypatch.setattr(rounds.generators, "fetch_many", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rounds.in_one_round(other.connection, [("SELECT 1", [])])
    assert other.connection.closed
