"""Lots that expire and things that keep only for some days."""

import pytest

from huoku.plan import plan

from .worlds import bought, cost, day, exceptions, ordered, planned, promised, used, world


def resin(stock, *demands, life=None, **given):
    """Resin at 4.00 a kg, two days from the supplier."""
    item = {"item": "RESIN", "unit": "kg", "price": 9, "shelf_life_days": life}
    tables = {
        "items": [item],
        "sources": [{"item": "RESIN", "supplier": "S", "lead_time_days": 2, "price": 4}],
        "stock": [{"item": "RESIN", **row} for row in stock],
        "demands": [{"demand": f"D{due}", "item": "RESIN", "qty": qty, "due": day(due)} for qty, due in demands],
    }
    return world(**{**tables, **given})


OLD = {"qty": 10, "lot": "OLD", "received_on": day(-90)}
NEW = {"qty": 12, "lot": "NEW", "received_on": day(-5), "expires_on": day(5)}
GONE = {"qty": 3, "lot": "GONE", "received_on": day(-99), "expires_on": day(-1)}


def test_what_expires_first_is_used_first_though_it_came_last() -> None:
    made = planned(resin([OLD, NEW], (10, 3), (15, 8)))
    assert used(made, "D3") == {"NEW": 10}
    assert used(made, "D8") == {"OLD": 10, "RESIN": 5}
    assert cost(made) == 20.0


def test_of_two_lots_that_expire_the_sooner_goes_first() -> None:
    later = {**NEW, "lot": "LATER", "expires_on": day(9)}
    made = planned(resin([later, NEW], (10, 3), (10, 8)))
    assert used(made, "D3") == {"NEW": 10}
    assert used(made, "D8") == {"LATER": 10}
    assert bought(made) == {}


def test_the_last_good_day_counts_and_the_day_after_does_not() -> None:
    assert bought(planned(resin([NEW], (12, 5)))) == {}
    assert bought(planned(resin([NEW], (12, 6)))) == {"RESIN": 12}


def test_an_expired_lot_is_never_used_and_is_shown_with_its_value() -> None:
    factory = resin([GONE], (3, 4))
    made = planned(factory)
    assert bought(made) == {"RESIN": 3}
    assert exceptions(made, "expired") == [
        ("RESIN", "3 kg of RESIN in stock (GONE, worth 12.00) have expired and are not planned with: to be disposed of")
    ]
    assert made.leftovers.select("item", "qty", "value", "cause", "p_use").rows() == [("RESIN", 3, 12, "GONE", 0)]
    assert exceptions(plan(factory, lang="zh"), "expired") == [
        ("RESIN", "RESIN 库存 3 kg（GONE，值 12.00）已过有效期，计划不用它：请处理")
    ]


def test_what_will_expire_unused_is_shown_with_its_value() -> None:
    made = planned(resin([NEW], (10, 3)))
    assert exceptions(made, "expires") == [
        ("RESIN", "2 kg of RESIN, lot NEW, are not used by 2026-01-10, their last good day (worth 8.00)")
    ]
    assert made.leftovers.select("qty", "cause", "p_use", "expected_loss").rows() == [(2, "NEW", 0, 8)]


def test_what_of_a_purchase_perishes_before_the_next_need_is_needed_by_nobody() -> None:
    """Ten are the least; five are needed on the 4th day, and those left are no good any more on the 15th."""
    terms = [{"item": "RESIN", "supplier": "S", "lead_time_days": 2, "price": 4, "moq": 10}]
    made = planned(resin([], (5, 4), (20, 15), life=8, sources=terms))
    assert made.decisions.select("needed_qty", "leftover_qty").rows() == [(5, 5), (20, 0)]
    assert made.orders["why"][0].startswith("5 kg needed by 2026-01-09; S, MOQ 10")
    assert [subject for subject, _ in exceptions(made, "moq_excess")] == [made.orders["order"][0]]


def test_an_open_order_keeps_only_its_shelf_life() -> None:
    """It comes on day 1 and is good to day 4: D3 takes it, D8 needs a new one."""
    coming = [{"supply": "PO", "item": "RESIN", "qty": 10, "due": day(1)}]
    made = planned(resin([], (6, 3), (6, 8), life=3, supplies=coming))
    assert bought(made) == {"RESIN": 6}
    assert exceptions(made, "expires") == [
        ("PO", "4 kg of RESIN from PO are not used by 2026-01-09, their last good day (worth 16.00)")
    ]


@pytest.mark.parametrize(("life", "orders", "money"), [(3, 2, 2 * 7 + 4), (4, 1, 7 + 4)])
def test_what_keeps_three_days_is_bought_twice_for_needs_four_days_apart(life: int, orders: int, money: float) -> None:
    sources = [{"item": "RESIN", "supplier": "S", "lead_time_days": 0, "price": 1, "order_fee": 7}]
    made = planned(resin([], (2, 4), (2, 8), life=life, sources=sources))
    assert (len(ordered(made)), cost(made)) == (orders, money)


def test_a_moq_that_perishes_is_bought_again() -> None:
    """100 are good for three days: 20 on day 4 and 20 on day 10 take two lots, and 160 kg perish."""
    sources = [{"item": "RESIN", "supplier": "S", "moq": 100, "lead_time_days": 0, "price": 1}]
    made = planned(resin([], (20, 4), (20, 10), life=3, sources=sources))
    assert bought(made) == {"RESIN": 200}
    assert [message for _, message in exceptions(made, "expires")] == [
        "80 kg of RESIN from PB-000001 are not used by 2026-01-12, their last good day (worth 80.00)",
        "80 kg of RESIN from PB-000002 are not used by 2026-01-18, their last good day (worth 80.00)",
    ]


def test_what_is_made_keeps_only_its_shelf_life_too() -> None:
    made = planned(
        world(
            items=[
                {"item": "GLUE", "price": 9, "lead_time_days": 1, "shelf_life_days": 2, "lot_min": 10},
                {"item": "A"},
            ],
            bom=[{"parent": "GLUE", "component": "A", "qty": 1}],
            sources=[{"item": "A", "supplier": "S", "lead_time_days": 1, "price": 1}],
            demands=[{"demand": f"D{due}", "item": "GLUE", "qty": 4, "due": day(due)} for due in (5, 8)],
        )
    )
    assert promised(made) == {"D5": 5, "D8": 8}
    assert [row for row in ordered(made) if row[0] == "make"] == [
        ("make", "GLUE", "MAIN", 10, 4, 5),
        ("make", "GLUE", "MAIN", 10, 7, 8),
    ]


def test_bread_that_a_closed_oven_would_bake_too_early_is_baked_when_it_opens_again() -> None:
    """Bread keeps for two days, and the oven is closed on days 8 to 10. What is wanted on day 10 comes on day 11."""
    made = planned(
        world(
            items=[{"item": "BREAD", "price": 4, "shelf_life_days": 2}, {"item": "FLOUR"}],
            bom=[{"parent": "BREAD", "component": "FLOUR", "qty": 1}],
            stock=[{"item": "FLOUR", "qty": 99}],
            operations=[{"parent": "BREAD", "seq": 10, "resource": "OVEN", "run_minutes": 5}],
            resources=[{"resource": "OVEN", "minutes_per_day": 480}],
            calendar=[{"date": day(n), "open": False} for n in (8, 9, 10)],
            demands=[{"demand": f"D{due}", "item": "BREAD", "qty": 6, "due": day(due)} for due in (9, 10)],
        )
    )
    assert promised(made) == {"D9": 9, "D10": 11}
    assert sorted(due for kind, _, _, _, _, due in ordered(made) if kind == "make") == [7, 11]
    assert "OVEN is full" in made.promises["reason"].drop_nulls()[0]


def test_a_lot_that_expires_some_day_is_safety_stock_until_then() -> None:
    """15 kg are kept in reserve; 20 are there, good to day 9."""
    shop = resin([{"qty": 20, "lot": "NEW", "expires_on": day(9)}])
    made = planned(shop.with_values({"items.RESIN.safety_stock": 15}))
    assert bought(made) == {}
    assert made.earmarks.select("consumer_kind", "lot", "qty").rows() == [("safety", "NEW", 15.0)]


def test_what_perishes_is_not_bought_in_one_place_for_another() -> None:
    """Good for the day alone. Bought in WEST for both, what is carried for five days would be bad on arrival."""
    made = planned(
        world(
            items=[{"item": "GLUE", "price": 9, "shelf_life_days": 0}],
            sources=[{"item": "GLUE", "supplier": "S", "lead_time_days": 1, "price": 1, "moq": 10, "order_fee": 5}],
            lanes=[{"from": "WEST", "to": "MAIN", "lead_time_days": 5}],
            demands=[
                {"demand": "D1", "item": "GLUE", "qty": 4, "due": day(8), "location": "WEST"},
                {"demand": "D2", "item": "GLUE", "qty": 4, "due": day(13)},
            ],
        )
    )
    assert ordered(made) == [("buy", "GLUE", "MAIN", 10, 12, 13), ("buy", "GLUE", "WEST", 10, 7, 8)]


def test_a_lot_in_stock_is_carried_while_it_is_good() -> None:
    """Four lie in WEST until day 6, four without a date: these come for D2, the others are too late for it."""
    made = planned(
        world(
            items=[{"item": "GLUE", "price": 9, "shelf_life_days": 3}],
            sources=[{"item": "GLUE", "supplier": "S", "lead_time_days": 1, "price": 1}],
            stock=[
                {"item": "GLUE", "qty": 4, "lot": "DATED", "expires_on": day(6), "location": "WEST"},
                {"item": "GLUE", "qty": 4, "lot": "OPEN", "location": "WEST"},
            ],
            lanes=[{"from": "WEST", "to": "MAIN", "lead_time_days": 5}],
            demands=[{"demand": "D2", "item": "GLUE", "qty": 4, "due": day(13)}],
        )
    )
    assert ordered(made) == [("transfer", "GLUE", "MAIN", 4, 8, 13)]
    assert used(made, made.orders["order"][0]) == {"OPEN": 4}


def bakery(demands, lead=2, stock=({"item": "FLOUR", "qty": 20},), lot_min=0, **given):
    """Bread is baked in a day and keeps for three."""
    return world(
        items=[
            {"item": "BREAD", "price": 4, "shelf_life_days": 3, "lead_time_days": 1, "lot_min": lot_min},
            {"item": "FLOUR"},
        ],
        bom=[{"parent": "BREAD", "component": "FLOUR", "qty": 1}],
        sources=[{"item": "FLOUR", "supplier": "S", "lead_time_days": lead, "price": 1}],
        stock=list(stock),
        demands=[{"demand": f"D{due}", "item": "BREAD", "qty": qty, "due": day(due)} for qty, due in demands],
        **given,
    )


TO_BAKE = {"supply": "WO", "item": "BREAD", "qty": 10, "due": day(2), "kind": "make", "status": "planned"}


def test_bread_that_is_still_to_be_baked_keeps_only_its_shelf_life() -> None:
    """It is baked by day 2 and good to day 5: D3 takes it, D8 needs another one."""
    made = planned(bakery([(6, 3), (4, 8)], supplies=[TO_BAKE]))
    assert used(made, "D3") == {"BREAD": 6}
    assert [row for row in ordered(made) if row[0] == "make"] == [("make", "BREAD", "MAIN", 4, 7, 8)]
    assert exceptions(made, "expires") == [
        ("WO", "4 pcs of BREAD from WO are not used by 2026-01-10, their last good day (worth 4.00)")
    ]


def test_what_is_baked_later_for_want_of_flour_is_good_from_then() -> None:
    """Due on day 2, without flour till day 5: baked by day 6, good to day 9."""
    made = planned(bakery([(6, 8), (4, 9)], lead=5, stock=[], supplies=[TO_BAKE]))
    assert [row for row in ordered(made) if row[0] == "make"] == []
    assert promised(made) == {"D8": 8, "D9": 9}


def test_what_is_left_of_todays_baking_is_no_good_next_week() -> None:
    """Ten are the least. Flour for both bakings is there, so the second is baked on its own day."""
    made = planned(bakery([(5, 1), (5, 8)], lead=15, lot_min=10))
    assert promised(made) == {"D1": 1, "D8": 8}
    assert [due for kind, _, _, _, _, due in ordered(made) if kind == "make"] == [1, 8]


CLOSED = [{"date": day(number), "open": False, "supplier": "S"} for number in range(6, 13)]


def test_what_is_left_of_a_lot_that_had_to_be_made_is_no_good_when_it_is_spoilt() -> None:
    """Cakes are baked by threes and keep 8 days; eggs for one batch are there, new ones come after 8 days."""
    cakes = world(
        items=[
            {"item": "CAKE", "lead_time_days": 2, "price": 20, "lot_multiple": 3, "shelf_life_days": 8},
            {"item": "EGG"},
        ],
        bom=[{"parent": "CAKE", "component": "EGG", "qty": 2}],
        sources=[{"item": "EGG", "supplier": "S", "lead_time_days": 8, "multiple": 5, "price": 1}],
        stock=[{"item": "CAKE", "qty": 2, "lot": "L"}, {"item": "EGG", "qty": 8}],
        demands=[{"demand": f"D{due}", "item": "CAKE", "qty": qty, "due": day(due)} for qty, due in ((3, 3), (1, 13))],
    )
    made = planned(cakes)
    assert promised(made) == {"D3": 3, "D13": 13}
    assert ordered(made) == [
        ("buy", "EGG", "MAIN", 5, 3, 11),
        ("make", "CAKE", "MAIN", 3, 1, 3),
        ("make", "CAKE", "MAIN", 3, 11, 13),
    ]


def test_what_perishes_cannot_be_laid_in_for_a_suppliers_holidays() -> None:
    """Closed from day 6 to day 12, and it keeps for three days: what comes on day 5 is good to day 8."""
    made = planned(resin([], (5, 8), (5, 9), life=3, calendar=CLOSED))
    assert promised(made) == {"D8": 8, "D9": 13}
    assert [(start, due) for _, _, _, _, start, due in ordered(made)] == [(3, 5), (5, 13)]
    assert made.promises["reason"][1] == (
        "5 kg of RESIN short on 2026-01-17: it keeps for 3 days, and with its supplier closed or its BOM ended none is "
        "to be had that is still good then"
    )


def test_what_perishes_is_bought_elsewhere_during_a_suppliers_holidays() -> None:
    sources = [
        {"item": "RESIN", "supplier": supplier, "lead_time_days": 2, "price": price}
        for supplier, price in (("S", 4), ("DEAR", 9))
    ]
    made = planned(resin([], (5, 8), (5, 9), life=3, calendar=CLOSED, sources=sources))
    assert promised(made) == {"D8": 8, "D9": 9}
    assert cost(made) == 5 * 4 + 5 * 9


def test_what_perishes_is_not_made_any_more_when_its_recipe_has_ended() -> None:
    """Begun on day 4 at the latest, done on day 5, good to day 8."""
    ended = [{"parent": "BREAD", "component": "FLOUR", "qty": 1, "valid_to": day(4)}]
    made = planned(bakery([(5, 8), (5, 9)]).with_(bom=ended))
    assert promised(made) == {"D8": 8, "D9": None}


def test_what_is_left_in_the_sister_plant_serves_the_last_need_rather_than_a_new_moq() -> None:
    """Twenty are the least and keep for ten days: the first lot does for day 8, the old stock alone for day 20."""
    made = planned(
        resin(
            [{"qty": 8, "lot": "OLD", "location": "WEST", "expires_on": day(20)}],
            (15, 8),
            (3, 20),
            life=10,
            sources=[{"item": "RESIN", "supplier": "S", "lead_time_days": 2, "price": 4, "moq": 20}],
            lanes=[{"from": "WEST", "to": "MAIN", "lead_time_days": 2, "cost": 0.1}],
        )
    )
    assert bought(made) == {"RESIN": 20}
    assert cost(made) == 20 * 4 + 3 * 0.1
