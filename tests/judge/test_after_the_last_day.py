"""What comes after the last day: holding is reckoned until then, by the plan as by the judge."""

from datetime import date

import pytest

from huoku.factory import build
from huoku.judge import judge
from huoku.plan import plan


def test_what_is_left_is_held_until_the_last_open_order_comes() -> None:
    """0.1 % a day; the last day is day 20. Two at 10.00 from day 10, with three more from day 46, to day 50.

    2 x 10.00 x 36 days + 5 x 10.00 x 4 days = 920, a thousandth of it.
    """
    shop = build(
        today=date(2026, 1, 5),
        horizon_days=20,
        holding_rate=0.365,
        items=[{"item": "PART", "unit_cost": 10}],
        supplies=[
            {"supply": "PO-1", "item": "PART", "qty": 2, "due": date(2026, 1, 15)},
            {"supply": "PO-2", "item": "PART", "qty": 3, "due": date(2026, 2, 20)},
            {"supply": "PO-3", "item": "PART", "qty": 1, "due": date(2026, 2, 24)},
        ],
    )
    made = plan(shop)
    assert made.figures["cost"]["holding"] == pytest.approx(0.92)
    assert judge(shop, made).figures["cost"]["holding"] == pytest.approx(0.92)
