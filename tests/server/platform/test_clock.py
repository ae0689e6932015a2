"""Which day it is, where the company works."""

from datetime import UTC, date, datetime

import pytest


@pytest.fixture
def works_in():
    from huoku.server.platform.models import Company

    return lambda zone: Company(code="X", timezone=zone)


def test_late_in_the_evening_in_london_it_is_tomorrow_in_shanghai(works_in):
    from huoku.server.platform.clock import business_day

    at = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert business_day(works_in("Asia/Shanghai"), at) == date(2026, 3, 2)
    assert business_day(works_in("Europe/London"), at) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("Asia/Shanghai", date(2024, 2, 29), datetime(2024, 2, 28, 16, tzinfo=UTC)),
        # Clocks jump from midnight to one: the day begins with the jump.
        ("America/Sao_Paulo", date(2018, 11, 4), datetime(2018, 11, 4, 3, tzinfo=UTC)),
        # Clocks go back from one to midnight: the first of the two midnights.
        ("America/Havana", date(2023, 11, 5), datetime(2023, 11, 5, 4, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_its_first_moment(works_in, zone, day, begins):
    from huoku.server.platform.clock import business_day, day_begins

    assert day_begins(works_in(zone), day) == begins
    assert business_day(works_in(zone), begins) == day


def test_the_databases_clock_is_in_utc_and_does_not_stand_still_in_a_transaction(db):
    from huoku.server.platform.clock import now

    first, second = now(), now()
    assert first.utcoffset().total_seconds() == 0 and second > first
