"""Stock that is reserved for one demand: nobody else gets it, not even below the product."""

from huoku.judge import judge
from huoku.plan import plan

from .worlds import bought, cost, day, exceptions, ordered, planned, promised, used, world


def wanted(name, item, qty, due, **more):
    return {"demand": name, "item": item, "qty": qty, "due": day(due), **more}


def simple(**given):
    """100 of A are reserved for X, who is due on day 10; Y is due first. New ones take three days at 2.00."""
    tables = {
        "items": [{"item": "A", "price": 10}],
        "sources": [{"item": "A", "supplier": "S", "lead_time_days": 3, "price": 2}],
        "stock": [{"item": "A", "qty": 100}],
        "demands": [wanted("X", "A", 100, 10), wanted("Y", "A", 100, 5)],
        "reservations": [{"demand": "X", "item": "A", "qty": 100}],
    }
    return world(**{**tables, **given})


def product(**given):
    """P is made of SUB, SUB of A. Ten A lie there for X; new ones take five days."""
    tables = {
        "items": [{"item": "P", "price": 50, "lead_time_days": 1}, {"item": "SUB", "lead_time_days": 1}, {"item": "A"}],
        "bom": [{"parent": "P", "component": "SUB", "qty": 1}, {"parent": "SUB", "component": "A", "qty": 1}],
        "sources": [{"item": "A", "supplier": "S", "lead_time_days": 5, "price": 3}],
        "stock": [{"item": "A", "qty": 10}],
        "demands": [wanted("X", "P", 5, 12), wanted("Y", "P", 5, 3)],
        "reservations": [{"demand": "X", "item": "A", "qty": 10}],
    }
    return world(**{**tables, **given})


def test_what_is_reserved_for_a_later_order_is_bought_for_the_earlier() -> None:
    made = planned(simple())
    assert promised(made) == {"X": 10, "Y": 5}
    assert bought(made) == {"A": 100}
    assert next(source for need in made.explain("X").needs for source in need.sources).is_reserved
    assert not next(source for need in made.explain("Y").needs for source in need.sources).is_reserved


def test_a_late_demand_says_who_holds_what_it_lacks() -> None:
    factory = simple(demands=[wanted("X", "A", 100, 10), wanted("Y", "A", 100, 1)])
    made = planned(factory)
    assert promised(made) == {"X": 10, "Y": 3}
    assert exceptions(made, "reserved_elsewhere") == [
        ("Y", "100 pcs of A short, while 100 pcs at MAIN are reserved for X: ask for them")
    ]
    reason = dict(made.promises.select("demand", "reason").iter_rows())["Y"]
    assert reason == (
        "100 pcs of A short on 2026-01-07: S needs 3 days, earliest 2026-01-08; 100 pcs of A are reserved for X"
    )
    assert exceptions(plan(factory, lang="zh"), "reserved_elsewhere") == [
        ("Y", "缺 100 pcs A，而 MAIN 有 100 pcs 已为 X 预留：可以商量让出")
    ]


def test_who_has_too_little_reserved_is_told_the_supplier_of_the_rest() -> None:
    made = planned(simple(demands=[wanted("X", "A", 150, 1)]))
    assert made.promises["reason"][0] == "50 pcs of A short on 2026-01-07: S needs 3 days, earliest 2026-01-08"


def test_without_the_reservation_the_earlier_order_takes_the_stock() -> None:
    made = planned(simple(reservations=[]))
    assert used(made, "Y") == {"A": 100}
    assert len(ordered(made)) == 1


def test_a_reservation_two_levels_below_goes_into_the_orders_of_its_holder_alone() -> None:
    """Y may not touch the ten A and waits for new ones: day 5, SUB on day 6, P on day 7, four days late."""
    made = planned(product())
    assert promised(made) == {"X": 12, "Y": 7}
    assert bought(made) == {"A": 5}
    assert [subject for subject, _ in exceptions(made, "reserved_elsewhere")] == ["Y"]
    free = planned(product(reservations=[]))
    assert promised(free) == {"X": 12, "Y": 3}
    assert bought(free) == {}


def test_a_reserved_lot_is_kept_by_name_and_the_other_lot_is_anybodys() -> None:
    stock = [{"item": "A", "qty": 100, "lot": lot, "received_on": day(on)} for lot, on in (("L1", -9), ("L2", -5))]
    held = [{"demand": "X", "item": "A", "qty": 100, "lot": "L1"}]
    made = planned(simple(stock=stock, reservations=held))
    assert used(made, "X") == {"L1": 100}
    assert used(made, "Y") == {"L2": 100}
    assert ordered(made) == []


def test_what_is_reserved_in_another_place_comes_to_its_holder_and_to_nobody_else() -> None:
    tables = {
        "stock": [{"item": "A", "qty": 100, "location": "WEST"}],
        "lanes": [{"from": "WEST", "to": "MAIN", "lead_time_days": 2, "cost": 0.1}],
        "reservations": [{"demand": "X", "item": "A", "qty": 100, "location": "WEST"}],
    }
    made = planned(simple(**tables))
    assert bought(made) == {"A": 100}
    assert cost(made) == 200 + 10
    transfers = [row for row in ordered(made) if row[0] == "transfer"]
    assert transfers == [("transfer", "A", "MAIN", 100, 8, 10)]


def test_more_reserved_than_there_is_keeps_what_there_is() -> None:
    made = planned(simple(reservations=[{"demand": "X", "item": "A", "qty": 500}]))
    assert used(made, "X") == {"A": 100}
    assert bought(made) == {"A": 100}


def test_what_is_reserved_and_not_needed_is_left_over_once() -> None:
    """X wants 30 of its 100, Y 100: 70 are left under the lot's name, though Y's are bought."""
    stock = [{"item": "A", "qty": 100, "lot": "L1"}]
    made = planned(simple(stock=stock, demands=[wanted("X", "A", 30, 10), wanted("Y", "A", 100, 5)]))
    assert bought(made) == {"A": 100}
    assert made.leftovers.select("item", "location", "qty", "cause").rows() == [("A", "MAIN", 70, "L1")]


def test_of_more_reservations_than_stock_each_gets_what_nobody_else_has_reserved() -> None:
    """There are 100; X has reserved 80 and Y 50: X may use 50, Y 20, and 30 lie idle."""
    held = [{"demand": "X", "item": "A", "qty": 80}, {"demand": "Y", "item": "A", "qty": 50}]
    made = planned(simple(reservations=held))
    stock = {row["consumer"]: row["qty"] for row in made.usage.iter_rows(named=True) if row["source_kind"] == "stock"}
    assert stock == {"X": 50, "Y": 20}
    assert bought(made) == {"A": 130}
    assert made.leftovers.select("item", "qty", "cause").rows() == [("A", 30, "stock")]


def test_what_a_named_lot_lacks_is_held_in_the_other_lots_of_the_place() -> None:
    """L1 has 30 of the 50 that X has reserved in it: 20 more are held in L2, and Y gets the other 50 of it."""
    stock = [{"item": "A", "qty": 30, "lot": "L1"}, {"item": "A", "qty": 70, "lot": "L2"}]
    held = [{"demand": "X", "item": "A", "qty": 50, "lot": "L1"}]
    made = planned(simple(stock=stock, reservations=held))
    assert used(made, "Y")["L2"] == 50


def test_what_is_reserved_for_a_forecast_that_orders_have_used_in_part_is_left_alone() -> None:
    """The rest of a forecast has no promise: nothing could show that what an order takes ends in it."""
    forecast = wanted("X", "P", 5, 12, kind="forecast")
    factory = product(demands=[forecast, wanted("Y", "P", 2, 11)])
    made = plan(factory)
    assert judge(factory, made).violations == ()
    assert made.earmarks.filter(consumer_kind="forecast")["qty"].to_list() == [3.0]
    assert bought(made) == {"A": 5}
