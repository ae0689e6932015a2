"""An engineering change ends the use of a part: what will be left is told before it happens, and less is bought."""

from typing import Any

from tests.plan.worlds import bought, day, exceptions, planned, world

from huoku.factory import Factory


def change(**given: Any) -> Factory:
    """P takes OLD up to day 11 and NEW from day 12 on; four are wanted on day 4."""
    tables: dict[str, Any] = {
        "items": [{"item": "P"}, {"item": "OLD", "unit_cost": 2}, {"item": "NEW", "unit_cost": 3}],
        "bom": [
            {"parent": "P", "component": "OLD", "qty": 1, "valid_to": day(11)},
            {"parent": "P", "component": "NEW", "qty": 1, "valid_from": day(12)},
        ],
        "stock": [{"item": "OLD", "qty": 20}],
        "demands": [{"demand": "D4", "item": "P", "qty": 4, "due": day(4)}],
    }
    return world(**{**tables, **given})


def test_what_a_change_will_leave_of_the_old_part_is_told_before_it() -> None:
    """Twenty OLD in stock, four used: sixteen at 2.00 are left."""
    ((item, message),) = exceptions(planned(change()), "use_ends")
    assert item == "OLD"
    assert f"used until {day(11)} only" in message
    assert "16 pcs will be left (worth 32.00)" in message


def test_open_orders_for_the_old_part_count_too() -> None:
    supplies = [{"supply": "PO-1", "item": "OLD", "qty": 5, "due": day(2)}]
    ((_, message),) = exceptions(planned(change(supplies=supplies)), "use_ends")
    assert "21 pcs will be left (worth 42.00)" in message


def test_a_part_that_another_product_goes_on_with_is_not_told() -> None:
    bom = [
        {"parent": "P", "component": "OLD", "qty": 1, "valid_to": day(11)},
        {"parent": "Q", "component": "OLD", "qty": 1},
    ]
    items = [{"item": "P"}, {"item": "Q"}, {"item": "OLD", "unit_cost": 2}]
    assert exceptions(planned(change(items=items, bom=bom)), "use_ends") == []


def test_of_a_part_that_will_end_the_small_lot_is_bought() -> None:
    """Four OLD: a lot of 100 at 1.00 of which 96 would be dead, or four at 5.00. If the use goes on, the large lot."""
    terms = {"item": "OLD", "lead_time_days": 0}
    sources = [{**terms, "supplier": "A", "moq": 100, "price": 1}, {**terms, "supplier": "B", "price": 5}]
    history = [{"item": "OLD", "date": day(-30 * month), "qty": 50} for month in range(1, 25)]
    given: dict[str, Any] = {"stock": [], "sources": sources, "history": history}
    going_on = [{"parent": "P", "component": "OLD", "qty": 1}]
    assert bought(planned(change(**given))) == {"OLD": 4}
    assert bought(planned(change(bom=going_on, **given))) == {"OLD": 100}
