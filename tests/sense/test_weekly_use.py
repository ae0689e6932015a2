"""How much of an item is used a week."""

from datetime import date, timedelta

import pytest

from huoku.factory import build
from huoku.sense.weekly_use import weekly_use

TODAY = date(2026, 11, 2)


def used(*days_ago_and_qty):
    rows = [{"item": "SCREW", "date": TODAY - timedelta(days=ago), "qty": qty} for ago, qty in days_ago_and_qty]
    return weekly_use(build(today=TODAY, items=[{"item": "SCREW"}, {"item": "NUT"}], history=rows), "SCREW")


def test_four_weeks_at_a_time_each_a_quarter_of_a_week_of_use() -> None:
    """80, 40 and 120 in four weeks each are 20 a week; four weeks vary by 40, one week by half of that."""
    found = used((80, 70), (70, 50), (40, 40), (1, 80))
    assert found is not None
    assert (found.mean, found.spread, found.weeks) == (20, 20, 12)
    assert [amount for _, amount in found.periods] == [120, 40, 80]


def test_four_weeks_are_twenty_eight_days_the_last_of_them_yesterday() -> None:
    """What was used 28 days ago is of the last four weeks, what was used 29 days ago of those before."""
    found = used((84, 1), (57, 2), (56, 4), (29, 8), (28, 16), (1, 32))
    assert found is not None
    assert found.periods == tuple(
        (TODAY - timedelta(days=ago), amount) for ago, amount in ((84, 3.0), (56, 12.0), (28, 48.0))
    )


def test_weeks_without_use_count_from_the_first_record_on() -> None:
    found = used((110, 160))
    assert found is not None and found.mean == 10 and found.weeks == 16


def test_what_is_older_than_a_year_is_not_looked_at() -> None:
    found = used((365, 1_000), (100, 160), (3, 160))
    assert found is not None and found.mean == pytest.approx(320 / 16)


def test_under_twelve_weeks_nothing_is_said() -> None:
    assert used((40, 100)) is None and used() is None
