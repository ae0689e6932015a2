"""What a changed order does to the money in stock, told in a sentence; today is 2026-01-05, a cup costs 2.00."""

from datetime import date

import huoku
from huoku.factory import Factory, build
from huoku.report.comparing import comparison_text


def shop() -> Factory:
    """100 cups are on their way for an order of 100."""
    return build(
        today=date(2026, 1, 5),
        items=[{"item": "CUP", "unit_cost": 2}],
        sources=[{"item": "CUP", "supplier": "A", "lead_time_days": 10, "price": 2}],
        supplies=[{"supply": "PO-1", "item": "CUP", "qty": 100, "due": date(2026, 1, 20), "supplier": "A"}],
        demands=[{"demand": "SO-1", "item": "CUP", "qty": 100, "due": date(2026, 2, 1)}],
    )


def test_an_order_cut_to_20_leaves_80_of_the_purchase_that_is_on_its_way() -> None:
    before = huoku.plan(shop())
    told = comparison_text(before.compare(huoku.plan(shop().with_values({"demands.SO-1.qty": 20}))), "en")
    assert "New leftovers that nobody needs: ¥160 (CUP 80, ¥160)." in told
    assert "Open orders that are no longer needed, or not in full: PO-1." in told


def test_a_cancelled_order_leaves_all_of_it_and_says_so_in_chinese() -> None:
    told = comparison_text(huoku.plan(shop()).compare(huoku.plan(shop().without_rows(["demands.SO-1"]))), "zh")
    assert "会多压 ¥200 的余料，没有需求要：CUP 100, ¥200。" in told
    assert "在途 PO-1 因此用不上或用不完了" in told


def test_a_larger_order_says_nothing_of_dead_money() -> None:
    told = comparison_text(huoku.plan(shop()).compare(huoku.plan(shop().with_values({"demands.SO-1.qty": 150}))), "en")
    assert "New leftovers" not in told and "Open orders" not in told
