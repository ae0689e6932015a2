"""What comes after the last day is held by nobody within the plan."""

from datetime import date

import pytest

from huoku.factory import build
from huoku.judge import judge
from huoku.plan import plan


def test_nothing_is_held_after_the_last_day() -> None:
    """Two parts of 10.00 come on day 10 of twenty, three more when all is over; 0.1 % a day: 2 x 10.00 x 10 x 0.001."""
    shop = build(
        today=date(2026, 1, 5),
        horizon_days=20,
        holding_rate=0.365,
        items=[{"item": "PART", "unit_cost": 10}],
        supplies=[
            {"supply": "PO-1", "item": "PART", "qty": 2, "due": date(2026, 1, 15)},
            {"supply": "PO-2", "item": "PART", "qty": 3, "due": date(2026, 2, 20)},
        ],
    )
    made = plan(shop)
    assert judge(shop, made).figures["cost"]["holding"] == pytest.approx(0.2)
    assert made.figures["cost"]["holding"] == pytest.approx(0.2)
