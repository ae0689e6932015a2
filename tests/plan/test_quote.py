"""What date can be promised? Small worlds, every day worked out by hand. Day 0 is today."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huoku.errors import UsageError
from huoku.factory import build
from huoku.plan import Plan, plan
from huoku.plan.quote import Missing, Part, Pushed
from huoku.report import quote_text

from .small_factories import TODAY, on

Row = dict[str, Any]


def lamps(stock: int = 0, demands: list[Row] | None = None, **tables: Any) -> Plan:
    """A lamp takes 2 days and 4 screws; screws take 10 days from S. Screws, and perhaps lamps, are in stock."""
    return plan(
        build(
            today=TODAY,
            items=[
                {"item": "LAMP", "name": "台灯", "kind": "make", "lead_time_days": 2, "price": 10},
                {"item": "SCREW", "unit_cost": 1},
            ],
            bom=[{"parent": "LAMP", "component": "SCREW", "qty": 4}],
            sources=[{"item": "SCREW", "supplier": "S", "lead_time_days": 10, "price": 1}],
            stock=[{"item": "SCREW", "qty": stock}] if stock else [],
            demands=demands or [],
            **tables,
        )
    )


def order(name: str, qty: int, day: int, priority: int = 5, item: str = "SCREW") -> Row:
    return {"demand": name, "item": item, "qty": qty, "due": on(day), "priority": priority, "customer": f"C-{name}"}


def test_what_is_in_stock_can_be_promised_for_the_wanted_day() -> None:
    quote = lamps(8).quote("SCREW", 8, on(1))
    assert (quote.date, quote.late_days, quote.reason, quote.is_kept) == (on(1), 0, None, True)
    assert quote.parts == (Part(on(1), 8.0),)
    assert quote.missing == ()


def test_what_is_promised_to_others_is_not_there() -> None:
    """50 screws, of which 8 are promised: 42 are left, one more waits for the supplier."""
    made = lamps(50, [order("SO-1", 8, 3)])
    assert made.quote("SCREW", 42, on(0)).date == on(0)
    assert made.quote("SCREW", 43, on(0)).date == on(10)


def test_a_short_part_is_named_with_the_day_it_must_be_there() -> None:
    """20 lamps for day 4 begin on day 2 with 80 screws; 42 are left, 38 come on day 10: 12 is the day."""
    quote = lamps(50, [order("SO-1", 8, 3)]).quote("LAMP", 20, on(4))
    assert (quote.date, quote.late_days) == (on(12), 8)
    assert quote.reason == f"38 pcs of SCREW short on {on(9)}: S needs 10 days, earliest {on(10)}"
    assert quote.missing == (Missing(1, "SCREW", "pcs", 38.0, on(2), on(10), "S"),)


def test_parts_go_first_as_far_as_material_reaches() -> None:
    """42 screws make 10 lamps; the other 10 wait for screws."""
    quote = lamps(50, [order("SO-1", 8, 3)]).quote("LAMP", 20, on(4))
    assert quote.parts == (Part(on(4), 10.0), Part(on(12), 10.0))


def test_parts_follow_the_open_orders_day_by_day() -> None:
    coming = [
        {"supply": f"PO-{day}", "item": "SCREW", "qty": qty, "due": on(day)} for day, qty in ((2, 5), (4, 7), (6, 1))
    ]
    quote = lamps(3, supplies=coming).quote("SCREW", 20, on(1))
    assert quote.date == on(10)
    assert [(part.date, part.qty) for part in quote.parts] == [
        (on(1), 3), (on(2), 5), (on(4), 7), (on(6), 1), (on(10), 4),
    ]  # fmt: skip


def test_at_most_six_parts_the_last_is_all_the_rest() -> None:
    coming = [{"supply": f"PO-{day}", "item": "SCREW", "qty": 1, "due": on(day)} for day in range(1, 10)]
    quote = lamps(1, supplies=coming).quote("SCREW", 10, on(0))
    assert [(part.date, part.qty) for part in quote.parts] == [
        (on(0), 1), (on(1), 1), (on(2), 1), (on(3), 1), (on(4), 1), (on(9), 5),
    ]  # fmt: skip


def test_an_open_order_that_comes_first_is_the_reason() -> None:
    coming = [{"supply": "PO-1", "item": "SCREW", "qty": 20, "due": on(6)}]
    quote = lamps(supplies=coming).quote("SCREW", 20, on(3))
    assert quote.date == on(6)
    assert quote.reason == f"20 pcs of SCREW short on {on(5)}: open order PO-1 comes only on {on(6)}"


def test_too_late_to_make_is_the_lack_of_the_lamp_itself() -> None:
    quote = lamps(100).quote("LAMP", 5, on(1))
    assert (quote.date, quote.late_days) == (on(2), 1)
    assert quote.missing == (Missing(0, "LAMP", "pcs", 5.0, on(1), on(12), "own shop"),)


def test_a_full_machine_is_the_reason_and_what_is_quoted_takes_only_free_minutes() -> None:
    """60 minutes a lamp, 480 a day. Days 0 to 2 hold 24 lamps, 20 are promised for day 2: 4 more by then."""
    made = lamps(
        400,
        [order("SO-1", 20, 2, item="LAMP")],
        operations=[{"parent": "LAMP", "seq": 1, "resource": "BENCH", "run_minutes": 60}],
        resources=[{"resource": "BENCH", "minutes_per_day": 480}],
    )
    assert made.quote("LAMP", 4, on(2)).date == on(2)
    quote = made.quote("LAMP", 5, on(2))
    assert quote.date == on(3)
    assert quote.reason is not None and "BENCH is full" in quote.reason
    assert quote.parts == (Part(on(2), 4.0), Part(on(3), 1.0))


def test_a_better_priority_goes_before_others_and_names_whom_it_pushes() -> None:
    """All 50 screws are promised, 30 to a customer of priority 3, 20 to one of priority 7."""
    made = lamps(50, [order("SO-1", 30, 3, 3), order("SO-2", 20, 4, 7)])
    quote = made.quote("SCREW", 20, on(2), priority=5)
    assert (quote.date, quote.in_line) == (on(10), 8)
    assert (quote.ahead.date, quote.ahead.late_days) == (on(2), 0)
    assert quote.ahead.pushed == (Pushed("SO-2", "SCREW", "C-SO-2", 20.0, on(4), on(10), 6),)
    first = made.quote("SCREW", 30, on(2), priority=1)
    assert [one.demand for one in first.ahead.pushed] == ["SO-1"]  # 20 are left, and 20 is what SO-2 takes


def test_a_priority_that_does_not_help_is_said_not_to() -> None:
    made = lamps(50, [order("SO-1", 50, 3, 3)])
    quote = made.quote("SCREW", 20, on(2), priority=5, demand="SO-2")
    assert quote.ahead.date == quote.date == on(10)
    assert quote.ahead.pushed == ()


def test_an_order_goes_before_forecasts() -> None:
    """As in the plan: what is kept for a forecast is there for an order."""
    made = lamps(20, [{**order("FC-1", 20, 3), "kind": "forecast"}])
    assert made.quote("SCREW", 20, on(1)).date == on(1)


def test_accepted_it_is_promised_for_the_quoted_day() -> None:
    made = lamps(50, [order("SO-1", 30, 3, 3), order("SO-2", 20, 4, 7)])
    quote = made.quote("SCREW", 20, on(2), customer="ACME", demand="SO-3")
    last = plan(quote.accept())
    assert days_of(last) == {"SO-1": on(3), "SO-2": on(4), "SO-3": on(10)}
    assert last.factory.demands.filter(demand="SO-3").select("qty", "priority", "customer").row(0) == (20, 8, "ACME")
    assert days_of(plan(quote.accept(ahead=True))) == {"SO-1": on(3), "SO-2": on(10), "SO-3": on(2)}


def days_of(made: Plan) -> dict[str, date]:
    return dict(made.promises.select("demand", "date").rows())


def test_what_nothing_can_bring_has_no_date() -> None:
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "RELIC"}],
            sources=[{"item": "RELIC", "supplier": "S", "lead_time_days": 1, "valid_to": on(-1)}],
            stock=[{"item": "RELIC", "qty": 2}],
        )
    )
    quote = made.quote("RELIC", 5, on(3))
    assert (quote.date, quote.late_days, quote.is_kept) == (None, None, False)
    assert quote.reason is not None and "no supplier or BOM" in quote.reason
    assert quote.parts == (Part(on(3), 2.0),)
    with pytest.raises(ValueError, match="without a date"):
        quote.accept()


def test_a_day_in_the_past_is_answered_from_today_on() -> None:
    quote = lamps(8).quote("SCREW", 8, on(-2))
    assert (quote.date, quote.late_days) == (on(0), 2)
    assert quote.reason == f"due before today; can be shipped on {on(0)}"


def test_a_quote_leaves_the_plan_and_the_next_quote_as_they_are() -> None:
    made = lamps(50, [order("SO-1", 8, 3)])
    before = {name: table.clone() for name, table in made.tables().items()}
    first = made.quote("LAMP", 20, on(4))
    told = first.data()
    for item in ("LAMP", "SCREW"):
        other = made.quote(item, 70, on(1))
        assert other.parts and other.missing and other.ahead
    assert made.quote("LAMP", 20, on(4)).data() == told
    assert all(table.equals(before[name]) for name, table in made.tables().items())


def test_a_saved_plan_gives_the_same_quotes(tmp_path: Any) -> None:
    made = lamps(50, [order("SO-1", 8, 3)])
    made.save(tmp_path / "plan")
    assert Plan.load(tmp_path / "plan").quote("LAMP", 20, on(4)) == made.quote("LAMP", 20, on(4))


def test_where_demands_ship_in_parts_the_date_is_still_that_of_the_whole() -> None:
    """SO-1 takes the 20 screws that are there and 20 of the 22 that come on day 2: 2 are left."""
    coming = [{"supply": "PO-1", "item": "SCREW", "qty": 22, "due": on(2)}]
    made = lamps(20, [order("SO-1", 40, 1)], supplies=coming, partial_shipments=True)
    assert made.promises.select("qty", "date").rows() == [(20, on(1)), (20, on(2))]
    quote = made.quote("SCREW", 5, on(1), demand="SO-2")
    assert quote.date == on(10)
    assert quote.parts == (Part(on(2), 2.0), Part(on(10), 3.0))
    assert days_of(plan(quote.accept()))["SO-2"] == on(10)


def test_a_saved_plan_remembers_the_effort_it_was_promised_with(tmp_path: Any) -> None:
    plan(lamps(50).factory, effort=3).save(tmp_path / "plan")
    assert Plan.load(tmp_path / "plan").effort == 3


def test_a_plan_that_promised_otherwise_is_not_quoted_on() -> None:
    made = lamps(50, [order("SO-1", 8, 3)])
    made.promises[0, "date"] = on(5)
    with pytest.raises(UsageError, match="plan again"):
        made.quote("SCREW", 1, on(3))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"item": "SCREWS"}, "no item SCREWS; near names: SCREW"),
        ({"item": "KIT"}, "KIT is a phantom"),
        ({"qty": 0}, "0 is no number above 0"),
        ({"qty": "many"}, "many is no number"),
        ({"qty": float("nan")}, "nan is no number"),
        ({"qty": 0.5}, "0.5 is finer than the smallest step of SCREW, 1"),
        ({"qty": 10**30}, "too large"),
        ({"date": on(400)}, f"the plan ends on {on(365)}"),
        ({"location": "MOON"}, "no location MOON; known: MAIN"),
        ({"priority": -1}, "priority -1"),
        ({"demand": "SO-1"}, "a demand SO-1 already"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: Row, words: str) -> None:
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "SCREW"}, {"item": "KIT", "kind": "phantom"}],
            bom=[{"parent": "KIT", "component": "SCREW", "qty": 1}],
            demands=[order("SO-1", 1, 3)],
        )
    )
    with pytest.raises(UsageError, match=words):
        made.quote(**{"item": "SCREW", "qty": 1, "date": on(3), **asked})


def test_quantities_are_exact() -> None:
    made = plan(
        build(
            today=TODAY,
            items=[{"item": "OIL", "unit": "kg", "decimals": 3, "lead_time_days": 9}],
            stock=[{"item": "OIL", "qty": "0.3"}],
        )
    )
    assert made.quote("OIL", Decimal("0.3"), on(1)).date == on(1)
    assert made.quote("OIL", 0.1 + 0.2, on(1)).parts == (Part(on(1), 0.3),)
    assert made.quote("OIL", "0.301", on(1)).parts == (Part(on(1), 0.3), Part(on(9), 0.001))


def test_in_words() -> None:
    made = lamps(50, [order("SO-1", 30, 3, 3), order("SO-2", 20, 4, 7)])
    assert quote_text(made.quote("SCREW", 20, on(2))) == (
        f"20 pcs of SCREW, wanted on {on(2)} at MAIN\n"
        f"Can be promised for {on(10)}, 8 d late.\n"
        "Every order and contract keeps its place; accepted with priority 8, behind them, the date holds.\n"
        f"Held up by: 20 pcs of SCREW short on {on(9)}: S needs 10 days, earliest {on(10)}\n"
        f"To keep {on(2)}, these would have to be there:\n"
        "  level  item    short  needed by   new supply from  source\n"
        f"      0  SCREW  20 pcs  {on(2)}  {on(10)}       S\n"
        f"With priority 5: {on(2)}, as wanted.\n"
        "Demands that this pushes: 1\n"
        f"  SO-2  C-SO-2  20 SCREW  {on(4)} → {on(10)}  6 d later"
    )
    assert quote_text(made.quote("LAMP", 1, on(30)), "zh") == (
        f"询价：LAMP 台灯 1 pcs，{on(30)} 要（MAIN）\n可以按期：{on(30)}。\n"
        "已有的订单和合同都不动；接单时优先级用 8（排在它们之后），这个交期就有保证。"
    )
    assert "<td>can be promised</td>" in made.quote("SCREW", 1, on(2))._repr_html_()
