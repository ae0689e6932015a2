"""The worked cases of dates, stock and open orders, every number by hand."""

import pytest

from huoku.factory import build
from huoku.plan import Plan, plan

from .one_part import TODAY, Row, bought, codes, day, message, offer, planned, wanted


def promise(made: Plan, demand: str) -> Row:
    """The promise of one demand."""
    return made.promises.row(made.promises["demand"].to_list().index(demand), named=True)


def test_a_late_order_is_promised_for_the_first_possible_day_and_says_what_holds_it_up() -> None:
    """Due on day 2, five days to deliver: day 5, 3 days late. 10 x 3.00 x 0.01 x 3 = 0.90."""
    made = planned([offer("A", 1.00)], [wanted("SO-1", 10, 2)])
    late = promise(made, "SO-1")
    assert (late["qty"], late["date"], late["late_days"]) == (10, day(5), 3)
    for word in ("PART", "10", "A", "5 days", str(day(5))):
        assert word in late["reason"]
    assert codes(made, "SO-1") == ["demand_late"]
    assert made.figures["cost"]["lateness"] == pytest.approx(0.90)


def test_an_overdue_order_is_planned_like_any_other_and_its_lateness_costs_from_today() -> None:
    """Due three days ago: here on day 5, 8 days late by the calendar; 10 x 3.00 x 0.01 x 5 = 1.50 from now on."""
    made = planned([offer("A", 1.00)], [wanted("SO-1", 10, -3)])
    late = promise(made, "SO-1")
    assert (late["date"], late["late_days"]) == (day(5), 8)
    assert made.figures["cost"]["lateness"] == pytest.approx(1.50)


def test_an_overdue_order_that_stock_can_serve_ships_today() -> None:
    made = planned([offer("A", 1.00)], [wanted("SO-1", 10, -3)], stock=[{"item": "PART", "qty": 10}])
    late = promise(made, "SO-1")
    assert (late["date"], late["late_days"]) == (day(0), 3)
    assert late["reason"]
    assert made.orders.is_empty()


def test_an_order_that_nothing_can_serve_gets_no_promise_a_reason_and_an_exception() -> None:
    """No supplier within the year: 10 x 3.00 are lost, and late by 365 - 30 days: 30 x 0.01 x 335 = 100.50."""
    made = planned([offer("A", 1.00, valid_to=day(-1))], [wanted("SO-1", 10, 30)])
    none = promise(made, "SO-1")
    assert (none["qty"], none["date"]) == (0, None)
    assert "PART" in none["reason"]
    assert codes(made, "SO-1") == ["demand_not_promised"]
    assert made.figures["cost"]["lost"] == 30
    assert made.figures["cost"]["lateness"] == pytest.approx(100.50)


def test_scarce_stock_goes_to_the_more_urgent_order() -> None:
    demands = [wanted("SO-1", 10, 1, priority=5), wanted("SO-2", 10, 3, priority=1)]
    made = planned([offer("A", 1.00, lead_time_days=20)], demands, stock=[{"item": "PART", "qty": 10}])
    assert promise(made, "SO-2")["date"] == day(3)
    assert promise(made, "SO-1")["date"] == day(20)


def test_stock_goes_to_whom_it_helps_within_one_priority() -> None:
    """The order of day 20 can wait for the supplier, the one of day 3 cannot."""
    demands = [wanted("SO-1", 10, 20), wanted("SO-2", 10, 3)]
    made = planned([offer("A", 1.00, lead_time_days=20)], demands, stock=[{"item": "PART", "qty": 10}])
    assert made.promises["late_days"].to_list() == [0, 0]


FORECAST = {"kind": "forecast"}


def test_a_forecast_is_reduced_by_the_orders_of_its_month() -> None:
    """100 forecast for February, 60 ordered in it: 40 more. March has its own."""
    demands = [wanted("SO-1", 60, 30), wanted("FC-2", 100, 45, **FORECAST), wanted("FC-3", 70, 70, **FORECAST)]
    made = planned([offer("A", 1.00)], demands)
    assert bought(made) == [("A", 60, day(30)), ("A", 40, day(45)), ("A", 70, day(70))]
    (rest,) = made.earmarks.rows(named=True)
    assert (rest["consumer_kind"], rest["consumer"], rest["qty"], rest["date"]) == ("forecast", "FC-2", 40, day(45))
    assert promise(made, "FC-3")["qty"] == 70
    assert "forecast_consumed" in codes(made, "FC-2")


def test_a_forecast_is_never_reduced_below_nothing() -> None:
    made = planned([offer("A", 1.00)], [wanted("SO-1", 160, 30), wanted("FC-2", 100, 45, **FORECAST)])
    assert bought(made) == [("A", 160, day(30))]


def test_a_forecast_is_served_after_all_orders() -> None:
    """Ten pieces: the order of the least urgent priority takes them before the most urgent forecast."""
    demands = [wanted("SO-1", 10, 3, priority=9), wanted("FC-1", 20, 1, priority=1, **FORECAST)]
    made = planned([offer("A", 1.00)], demands, stock=[{"item": "PART", "qty": 10}])
    assert promise(made, "SO-1")["date"] == day(3)
    assert bought(made) == [("A", 10, day(5))]


def test_a_phantom_has_no_orders_and_hands_its_scrap_down() -> None:
    """10 kettles: 10 x 1 x 1.1 + 1 = 12 kits; 12 x 4 x 1.05 + 2 = 52.4, so 53 screws. The stock of kits is not used."""
    made = planned(
        [offer("A", 1.00)],
        [{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(30), "price": 9}],
        items=[{"item": "KETTLE", "lead_time_days": 2}, {"item": "KIT", "kind": "phantom"}, {"item": "PART"}],
        bom=[
            {"parent": "KETTLE", "component": "KIT", "qty": 1, "scrap_rate": "0.1", "fixed_scrap": 1},
            {"parent": "KIT", "component": "PART", "qty": 4, "scrap_rate": "0.05", "fixed_scrap": 2},
        ],
        stock=[{"item": "KIT", "qty": 500}],
    )
    assert bought(made) == [("A", 53, day(28))]
    assert "KIT" not in made.orders["item"].to_list()


def test_the_bom_of_the_start_day_counts() -> None:
    """The new part is valid from day 20 on: an order that starts on day 19 takes the old one."""
    made = planned(
        [],
        [{"demand": f"SO-{due}", "item": "KETTLE", "qty": 10, "due": day(due), "price": 9} for due in (21, 22)],
        items=[{"item": "KETTLE", "lead_time_days": 2}, *({"item": name, "unit_cost": 1} for name in ("OLD", "NEW"))],
        bom=[
            {"parent": "KETTLE", "component": "OLD", "qty": 1, "valid_to": day(19)},
            {"parent": "KETTLE", "component": "NEW", "qty": 1, "valid_from": day(20)},
        ],
    )
    assert made.usage.filter(made.usage["consumer_kind"] == "order").select("item", "date").sort("date").rows() == [
        ("OLD", day(19)),
        ("NEW", day(20)),
    ]


def test_a_cheap_offer_that_ends_is_used_on_its_last_day() -> None:
    """A sells until day 10 and delivers when it is wanted; B is dearer and stays."""
    offers = [offer("A", 1.00, valid_to=day(10)), offer("B", 2.00)]
    made = planned(offers, [wanted("SO-1", 10, 30)])
    assert made.orders.select("supplier", "start", "due").rows() == [("A", day(10), day(30))]
    ended = planned([offer("A", 1.00, valid_to=day(-1)), offer("B", 2.00)], [wanted("SO-1", 10, 30)])
    assert bought(ended) == [("B", 10, day(30))]


SAFETY = [{"item": "PART", "safety_stock": 50}]


def test_an_offer_is_not_used_before_its_first_day() -> None:
    """A's price holds from day 20, five days to deliver: what is due on day 10 comes from B."""
    demands = [wanted("SO-1", 10, 10), wanted("SO-2", 10, 25)]
    made = planned([offer("A", 1.00, valid_from=day(20)), offer("B", 2.00)], demands)
    assert bought(made) == [("B", 10, day(10)), ("A", 10, day(25))]


def test_safety_stock_is_filled_as_soon_as_it_can_be_and_told_until_then() -> None:
    made = planned([offer("A", 1.00)], [], items=SAFETY, stock=[{"item": "PART", "qty": 30}])
    assert bought(made) == [("A", 20, day(5))]
    assert codes(made, "PART") == ["below_safety_stock"]
    assert set(made.earmarks["consumer_kind"]) == {"safety"}
    assert made.earmarks["qty"].sum() == 50


def test_safety_stock_serves_an_order_that_would_be_late_and_is_bought_again() -> None:
    made = planned([offer("A", 1.00)], [wanted("SO-1", 30, 2)], items=SAFETY, stock=[{"item": "PART", "qty": 50}])
    assert promise(made, "SO-1")["late_days"] == 0
    assert bought(made) == [("A", 30, day(5))]


def test_full_safety_stock_is_no_exception_and_is_not_used_up_by_what_can_be_bought() -> None:
    made = planned([offer("A", 1.00)], [wanted("SO-1", 30, 20)], items=SAFETY, stock=[{"item": "PART", "qty": 50}])
    assert bought(made) == [("A", 30, day(20))]
    assert made.exceptions.is_empty()


def kettles(**more: object) -> Plan:
    """A shop that makes kettles in two days of two parts each; the part takes five days."""
    tables: dict[str, object] = {
        "items": [{"item": "KETTLE", "lead_time_days": 2, "price": 9}, {"item": "PART"}],
        "bom": [{"parent": "KETTLE", "component": "PART", "qty": 2}],
        "sources": [offer("A", 1.00)],
        **more,
    }
    return plan(build(today=TODAY, **tables))


def test_a_lot_above_the_largest_is_split() -> None:
    """250 in lots of at most 100: three, each set up for 8.00; together they cost what the lot costs."""
    made = kettles(
        items=[{"item": "KETTLE", "lead_time_days": 2, "lot_max": 100, "setup_cost": 8, "price": 9}, {"item": "PART"}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 250, "due": day(30)}],
    )
    lots = made.orders.filter(made.orders["kind"] == "make")
    assert lots.height == 3
    assert lots["qty"].sum() == 250
    assert all(qty <= 100 for qty in lots["qty"])
    assert made.figures["cost"]["setup"] == 24
    costs = made.decisions.filter(made.orders["kind"] == "make")["cost"]
    assert costs.sum() == pytest.approx(250 * 2 * 1.00 + 24)


def test_a_smallest_lot_before_cover_is_told_with_what_it_leaves() -> None:
    """4 wanted on day 4, lots of 10, half a kilo each (so the lot is kept as promised): 6 are left."""
    made = kettles(
        items=[{"item": "KETTLE", "lead_time_days": 2, "lot_min": 10, "price": 9}, {"item": "PART", "unit": "kg"}],
        bom=[{"parent": "KETTLE", "component": "PART", "qty": "0.5"}],
        stock=[{"item": "PART", "qty": 5}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 4, "due": day(4)}],
    )
    assert made.orders.select("qty", "start", "due").rows() == [(10, day(2), day(4))]
    assert made.decisions.select("needed_qty", "leftover_qty").row(0) == (4, 6)
    assert made.decisions["cost"][0] > 0


def test_nothing_new_starts_in_the_frozen_days() -> None:
    """Seven days: the part is asked for on day 7, here on day 12, the kettles on day 14."""
    made = kettles(frozen_days=7, demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(3)}])
    assert made.orders["start"].min() == day(7)
    assert promise(made, "SO-1")["date"] == day(14)
    assert promise(made, "SO-1")["reason"] == (
        "20 pcs of PART short on 2026-01-16: ordered on 2026-01-12, after the frozen days, A needs 5 days, "
        "earliest 2026-01-17"
    )


def test_a_planned_make_order_still_wants_its_components_and_a_released_one_does_not() -> None:
    """10 kettles due on day 12 start on day 10 and take 20 parts."""
    open_order = {"supply": "MO-1", "item": "KETTLE", "qty": 10, "due": day(12), "kind": "make"}
    demands = [{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(12)}]
    planned_one = kettles(supplies=[{**open_order, "status": "planned"}], demands=demands)
    assert bought(planned_one) == [("A", 20, day(10))]
    (mark,) = planned_one.earmarks.rows(named=True)
    assert (mark["consumer_kind"], mark["consumer"], mark["item"], mark["qty"]) == ("supply", "MO-1", "PART", 20)
    assert kettles(supplies=[{**open_order, "status": "released"}], demands=demands).orders.is_empty()


def test_a_planned_make_order_without_components_is_put_off_with_what_waits_for_it() -> None:
    """Due today, its parts come on day 5: the kettles are there on day 5 + 2 - 2 = 5 days later than written."""
    open_order = {"supply": "MO-1", "item": "KETTLE", "qty": 10, "due": day(2), "kind": "make", "status": "planned"}
    made = kettles(supplies=[open_order], demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(2)}])
    assert codes(made, "MO-1") == ["supply_delayed"]
    assert str(day(7)) in message(made, "supply_delayed")
    late = promise(made, "SO-1")
    assert (late["date"], late["late_days"]) == (day(7), 5)
    assert "PART" in late["reason"]


def test_an_overdue_open_purchase_counts_as_here_today_and_is_told() -> None:
    overdue = [{"supply": "PO-7", "item": "PART", "qty": 10, "due": day(-4), "kind": "buy"}]
    made = planned([offer("A", 1.00)], [wanted("SO-1", 10, 1)], supplies=overdue)
    assert promise(made, "SO-1")["late_days"] == 0
    assert "supply_overdue" in codes(made, "PO-7")


def test_an_open_purchase_that_comes_too_late_is_to_be_expedited() -> None:
    coming = [{"supply": "PO-7", "item": "PART", "qty": 10, "due": day(20), "kind": "buy"}]
    made = planned([offer("A", 1.00)], [wanted("SO-1", 10, 8)], supplies=coming)
    assert bought(made) == [("A", 10, day(8))]
    assert "supply_expedite" in codes(made, "PO-7") or "supply_not_needed" in codes(made, "PO-7")


def test_the_tree_of_an_order_leads_to_its_purchases() -> None:
    """10 kettles, 20 parts: 15 from stock, 5 from the purchase."""
    made = kettles(
        stock=[{"item": "PART", "qty": 15, "lot": "L1"}],
        demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(30)}],
    )
    tree = made.pegging().filter(made.pegging()["demand"] == "SO-1").sort("level", "source_kind")
    kettle, part = made.orders["order"].to_list()
    assert tree.select("level", "item", "source_kind", "source", "qty").rows() == [
        (tree["level"][0], "KETTLE", "order", kettle, 10),
        (tree["level"][0] + 1, "PART", "order", part, 5),
        (tree["level"][0] + 1, "PART", "stock", None, 15),
    ]


def test_making_that_waits_for_the_end_of_the_frozen_days_says_so() -> None:
    """The parts are there; ten kettles take a day or more, and nothing starts for seven."""
    stock = [{"item": "PART", "qty": 100}]
    made = kettles(frozen_days=7, stock=stock, demands=[{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(3)}])
    assert f"and can start only on {day(7)}, after the frozen days" in promise(made, "SO-1")["reason"]


def test_what_is_bought_for_the_least_order_value_says_so() -> None:
    """10 are needed at 1.00, orders of 60.00 at least: 60. With 70 needed the sum decides nothing."""
    least = {**offer("A", 1.00), "min_order_value": 60}
    made = planned([least], [wanted("SO-1", 10, 30)])
    assert "A, MOQ 1, multiple 1, at 1.00; buy 60 because its least order value is 60.00" in made.orders["why"][0]
    terms = {fact.label.en: fact.value for fact in made.explain(made.orders["order"][0]).rule}
    assert terms["least order value"] == 60
    enough = planned([least], [wanted("SO-1", 70, 30)])
    assert "A, MOQ 1, multiple 1, at 1.00; buy 70, 70.00 in all" in enough.orders["why"][0]


def test_an_overdue_make_order_that_lacks_its_parts_is_made_once_they_are_there() -> None:
    """Ten kettles were due two days ago; their parts come in five days, and making takes two."""
    order = {"supply": "MO-1", "item": "KETTLE", "qty": 10, "due": day(-2), "kind": "make", "status": "planned"}
    demands = [{"demand": "SO-1", "item": "KETTLE", "qty": 10, "due": day(1)}]
    late = kettles(supplies=[order], demands=demands)
    assert promise(late, "SO-1")["date"] == day(7)
    assert {fact.label.en: fact.value for fact in late.explain("MO-1").facts}["arrives"] == day(7)
    ready = kettles(supplies=[order], demands=demands, stock=[{"item": "PART", "qty": 20}])
    assert promise(ready, "SO-1")["date"] == day(1)
