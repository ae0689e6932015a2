"""Items that may stand in for others: at a ratio, for one parent, for some days, and when a part is replaced."""

import pytest

from huoku.plan import plan

from .worlds import bought, cost, day, exceptions, planned, promised, used, world


def shop(rule=None, **given):
    """Ten P of A are wanted on day 5: 1 of A lies there, 4 of B. A costs 5.00 new, B 3.00."""
    tables = {
        "items": [{"item": "P", "price": 100}, {"item": "A"}, {"item": "B"}],
        "bom": [{"parent": "P", "component": "A", "qty": 1}],
        "sources": [
            {"item": "A", "supplier": "S", "lead_time_days": 0, "price": 5},
            {"item": "B", "supplier": "S", "lead_time_days": 0, "price": 3},
        ],
        "substitutes": [{"item": "A", "substitute": "B", "ratio": 2, **(rule or {})}],
        "stock": [{"item": "A", "qty": 1}, {"item": "B", "qty": 4}],
        "demands": [{"demand": "D", "item": "P", "qty": 10, "due": day(5)}],
    }
    return world(**{**tables, **given})


@pytest.mark.parametrize(
    ("rule", "buys", "money"),
    [
        ({}, {"A": 7}, 35.0),  # four B stand in for two A; at two for one B is the dearer to buy
        ({"ratio": 0.5}, {"B": 1}, 3.0),  # five B do for all ten: A's own one is left
        ({"ratio": 1}, {"B": 5}, 15.0),  # B is the cheaper to buy
        ({"parent": "P"}, {"A": 7}, 35.0),
        ({"parent": "B"}, {"A": 9}, 45.0),  # for another parent it helps nobody
        ({"valid_to": day(4)}, {"A": 9}, 45.0),
        ({"valid_to": day(5)}, {"A": 7}, 35.0),
        ({"valid_from": day(6)}, {"A": 9}, 45.0),
        ({"valid_from": day(5)}, {"A": 7}, 35.0),
    ],
)
def test_a_substitute_is_used_by_its_ratio_parent_and_dates(rule, buys, money) -> None:
    made = planned(shop(rule))
    assert promised(made) == {"D": 5}
    assert cost(made) <= money + 0.001
    assert (bought(made), cost(made)) == (buys, money)


def test_the_row_of_a_parent_goes_before_the_general_one() -> None:
    rules = [
        {"item": "A", "substitute": "B", "ratio": 2},
        {"item": "A", "substitute": "B", "ratio": 1, "parent": "P"},
    ]
    dear = [{"item": item, "supplier": "S", "lead_time_days": 0, "price": 5} for item in "AB"]
    made = planned(shop(substitutes=rules, sources=dear))
    assert used(made, made.orders.filter(made.orders["kind"] == "make")["order"][0])["B"] == 4
    assert bought(made)["A"] == 5


def test_stock_of_a_substitute_goes_before_a_new_moq() -> None:
    """100 of A at 5.00 for nine, or eighteen B of the forty there."""
    sources = [{"item": "A", "supplier": "S", "lead_time_days": 0, "price": 5, "moq": 100}]
    made = planned(shop(sources=sources, stock=[{"item": "A", "qty": 1}, {"item": "B", "qty": 40}]))
    assert (bought(made), cost(made)) == ({}, 0.0)


def test_the_substitute_and_the_money_are_told_in_both_languages() -> None:
    factory = shop()
    made = planned(factory)
    assert exceptions(made, "substitute_used") == [
        (
            "A",
            "4 pcs of B stand in for 2 pcs of A: all of it is there or on order; "
            "new A would cost 10.00 at its lowest price, its MOQ apart",
        )
    ]
    assert exceptions(plan(factory, lang="zh"), "substitute_used") == [
        ("A", "用 4 pcs B 代替 2 pcs A：都是现有或在途的，不必新下单；A 新买按最低单价要 10.00，还不算起订量")
    ]
    (need,) = made.explain("D").needs[0].sources[0].needs
    assert (need.item, need.qty) == ("A", 10)
    assert [(source.item, source.qty, source.covers) for source in need.sources] == [
        ("A", 1, 1),
        ("B", 4, 2),
        ("A", 7, 7),
    ]


def test_a_substitute_bought_on_purpose_says_what_it_costs() -> None:
    assert exceptions(planned(shop({"ratio": 1})), "substitute_used") == [
        (
            "A",
            "9 pcs of B stand in for 9 pcs of A: 4 pcs are there or on order, 5 pcs are new for 15.00; "
            "new A would cost 45.00 at its lowest price, its MOQ apart",
        )
    ]


def change(old: int, *, day_of_change: int = 8, **given):
    """From day 8 on P is made of NEW instead of OLD; for P, OLD may be used up. Four are wanted on days 4, 10, 12."""
    tables = {
        "items": [
            {"item": "P", "price": 100, "shelf_life_days": 0},
            {"item": "OLD", "lifecycle": "phase_out"},
            {"item": "NEW"},
        ],
        "bom": [
            {"parent": "P", "component": "OLD", "qty": 1, "valid_to": day(day_of_change - 1)},
            {"parent": "P", "component": "NEW", "qty": 1, "valid_from": day(day_of_change)},
        ],
        "sources": [
            {"item": "OLD", "supplier": "S", "lead_time_days": 0, "price": 2},
            {"item": "NEW", "supplier": "S", "lead_time_days": 0, "price": 3},
        ],
        "substitutes": [{"item": "NEW", "substitute": "OLD", "parent": "P", "valid_to": day(11)}],
        "stock": [{"item": "OLD", "qty": old}],
        "demands": [{"demand": f"D{due}", "item": "P", "qty": 4, "due": day(due)} for due in (4, 10, 12)],
    }
    return world(**{**tables, **given})


def test_an_engineering_change_uses_the_old_part_up() -> None:
    """Six OLD: four for day 4, two for day 10; NEW for the rest."""
    prices = {"OLD": 2, "NEW": 1}
    sources = [{"item": item, "supplier": "S", "lead_time_days": 0, "price": price} for item, price in prices.items()]
    made = planned(change(6, sources=sources))
    assert promised(made) == {"D4": 4, "D10": 10, "D12": 12}
    assert bought(made) == {"NEW": 6}
    assert made.leftovers.is_empty()


def test_no_more_of_the_old_part_is_bought_than_is_used_up() -> None:
    """None there: four OLD for day 4; for day 10 OLD at 2.00 is cheaper than NEW at 3.00, for day 12 it is too late."""
    made = planned(change(0))
    assert sum(qty for item, qty in bought(made).items()) == 12
    assert made.leftovers.is_empty()
    assert {code for code in made.exceptions["code"]} >= {"phase_out_bought"}


def test_what_will_be_dead_of_the_old_part_is_left_over_and_told() -> None:
    """Twenty OLD, of which eight can be used by day 11: twelve are dead, worth 24.00."""
    made = planned(change(20))
    assert bought(made) == {"NEW": 4}
    assert made.leftovers.select("item", "qty", "value").rows() == [("OLD", 12, 24)]


@pytest.mark.parametrize("mixing", ["piece", "lot"])
def test_two_orders_of_three_cannot_share_a_pack_that_stands_in_for_two(mixing) -> None:
    """One B stands in for two A. Six P are two orders of three: each lacks one A until A comes on day 12."""
    made = planned(
        world(
            substitute_mixing=mixing,
            items=[{"item": "P", "price": 9, "lot_max": 3}, {"item": "A"}, {"item": "B"}],
            bom=[{"parent": "P", "component": "A", "qty": 1}],
            sources=[{"item": "A", "supplier": "S", "lead_time_days": 12}],
            substitutes=[{"item": "A", "substitute": "B", "ratio": 0.5}],
            stock=[{"item": "B", "qty": 10}],
            demands=[{"demand": "D", "item": "P", "qty": 6, "due": day(5)}],
        )
    )
    assert promised(made) == {"D": 12}


@pytest.mark.parametrize("swapped", [False, True])
def test_two_rows_for_one_substitute_and_day_count_by_priority_then_by_the_larger_ratio(swapped) -> None:
    """At one for one four B serve four; a row of the same priority asks for two, and nobody should come short."""
    rows = [{"item": "A", "substitute": "B", "ratio": ratio} for ratio in (1, 2)]
    made = planned(shop(substitutes=rows[::-1] if swapped else rows))
    assert bought(made) == {"A": 7}
    first = [{**rows[0], "priority": 1}, {**rows[1], "priority": 2}]
    assert bought(planned(shop(substitutes=first[::-1] if swapped else first))) == {"B": 5}


def test_of_two_rows_the_second_counts_on_the_days_on_which_the_first_does_not() -> None:
    """One for one to day 3, then four B serve two, and three A are bought beside them."""
    rows = [
        {"item": "A", "substitute": "B", "ratio": 1, "priority": 1, "valid_to": day(3)},
        {"item": "A", "substitute": "B", "ratio": 2, "priority": 2},
    ]
    assert bought(planned(shop(substitutes=rows))) == {"A": 7}


def test_what_an_open_order_takes_in_place_of_its_part_is_worth_what_it_is() -> None:
    """Two lamps on order take two A at 9.00; B at 1.00 comes from EAST instead and stays on hand for the money."""
    made = planned(
        world(
            salvage_rate=0.5,
            items=[{"item": "LAMP", "price": 50}, {"item": "A", "unit_cost": 9}, {"item": "B", "unit_cost": 1}],
            bom=[{"parent": "LAMP", "component": "A", "qty": 1}],
            sources=[{"item": "A", "supplier": "S", "lead_time_days": 1, "price": 9}],
            substitutes=[{"item": "A", "substitute": "B"}],
            stock=[{"item": "B", "qty": 2, "location": "EAST"}],
            lanes=[{"from": "EAST", "to": "MAIN"}],
            supplies=[{"supply": "MO", "item": "LAMP", "qty": 2, "due": day(6), "kind": "make", "status": "planned"}],
        )
    )
    assert made.earmarks.select("for_item", "item", "qty").rows() == [("A", "B", 2.0)]
    assert made.figures["cost"]["leftover"] == -(2 * 9 + 2 * 1) * 0.5
