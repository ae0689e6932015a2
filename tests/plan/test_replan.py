"""A change is worked into a plan: what it touches is decided again, the rest stays. By hand; day 0 is today."""

import re
from typing import Any

import pytest

from huoku.factory import Factory
from huoku.judge import judge
from huoku.plan import Plan, plan
from huoku.plan.replan.replan import replan

from .worlds import bought, cost, day, exceptions, ordered, planned, promised, used, world

Row = dict[str, Any]


def worked_in(before: Plan, factory: Factory) -> Plan:
    """The plan worked out again, in which the judge finds no fault and just as much money."""
    made = replan(before, factory)
    verdict = judge(factory, made)
    assert [violation.message("en") for violation in verdict.violations] == []
    assert abs(made.figures["total_cost"] - verdict.figures["total_cost"]) < 0.0051
    return made


def order(name: str, item: str, qty: int, on: int, **more: Any) -> Row:
    return {"demand": name, "item": item, "qty": qty, "due": day(on), **more}


def lamps(**given: Any) -> Factory:
    """A lamp takes a day and 2 screws; screws take 5 days and come by the hundred, wire by what is asked for."""
    tables = {
        "items": [
            {"item": "LAMP", "kind": "make", "lead_time_days": 1, "price": 10},
            {"item": "SCREW", "unit_cost": 1},
            {"item": "WIRE", "unit_cost": 1},
        ],
        "bom": [{"parent": "LAMP", "component": "SCREW", "qty": 2}],
        "sources": [
            {"item": "SCREW", "supplier": "S", "moq": 100, "lead_time_days": 5, "price": 1},
            {"item": "WIRE", "supplier": "W", "lead_time_days": 5, "price": 1},
        ],
        "demands": [order("SO-1", "LAMP", 10, 8), order("SO-2", "WIRE", 7, 9)],
    }
    return world(**{**tables, **given})


def names(made: Plan) -> dict[str, tuple[str, float]]:
    """Item and quantity of each order by its name."""
    return {row["order"]: (row["item"], row["qty"]) for row in made.orders.iter_rows(named=True)}


def test_without_a_change_the_plan_is_the_same() -> None:
    factory = lamps()
    before = planned(factory)
    after = worked_in(before, factory)
    assert all(table.equals(before.tables()[name]) for name, table in after.tables().items())
    assert after.figures == before.figures


def test_a_new_demand_takes_what_is_left_and_nothing_is_bought() -> None:
    """10 lamps take 20 screws of the 100 that had to be bought; 30 more lamps take 60 of the 80 that were left."""
    factory = lamps()
    before = planned(factory)
    after = worked_in(before, factory.with_rows({"demands": [order("SO-3", "LAMP", 30, 12)]}))
    assert bought(before) == bought(after) == {"SCREW": 100, "WIRE": 7}
    assert promised(after) == {"SO-1": 8, "SO-2": 9, "SO-3": 12}
    kept = {name: names(after)[name] for name in names(before)}
    assert kept == names(before)
    assert [names(after)[name] for name in names(after) if name not in kept] == [("LAMP", 30)]
    assert after.leftovers.select("item", "qty").rows() == [("SCREW", 20)]


def test_what_was_to_be_bought_for_a_cancelled_demand_is_not_bought() -> None:
    factory = lamps()
    before = planned(factory)
    after = worked_in(before, factory.without_rows(["demands.SO-1"]))
    assert ordered(after) == [("buy", "WIRE", "MAIN", 7, 4, 9)]
    assert names(after).items() <= names(before).items()
    assert cost(after) == 7


def test_the_money_is_that_of_the_plan_as_it_is_now() -> None:
    """100 screws and 7 of wire, then 17."""
    before = planned(lamps())
    after = worked_in(before, before.factory.with_values({"demands.SO-2.qty": 17}))
    assert [made.figures["cost"]["purchase"] for made in (before, after)] == [107, 117]


def test_a_reason_that_does_not_hold_any_more_is_told_anew() -> None:
    """Both are wanted before the supplier can deliver; of one more is wanted now, of the other as much as before."""
    before = planned(lamps(demands=[order("SO-1", "WIRE", 7, 2), order("SO-2", "SCREW", 4, 2)]))
    after = worked_in(before, before.factory.with_values({"demands.SO-1.qty": 9}))
    short = {row["demand"]: row["reason"].split(" short")[0] for row in after.promises.iter_rows(named=True)}
    assert short == {"SO-1": "9 pcs of WIRE", "SO-2": "4 pcs of SCREW"}


def test_an_open_purchase_of_a_cancelled_demand_is_told_to_be_cancelled() -> None:
    coming = [{"supply": "PO-1", "item": "WIRE", "qty": 7, "due": day(6)}]
    factory = lamps(supplies=coming)
    before = planned(factory)
    assert exceptions(before, "supply_not_needed") == []
    after = worked_in(before, factory.without_rows(["demands.SO-2"]))
    assert [subject for subject, _ in exceptions(after, "supply_not_needed")] == ["PO-1"]


def test_a_late_supply_moves_the_promise_that_lives_on_it_and_no_other() -> None:
    """The wire of day 6 comes on day 11; what is ordered from day 10 on, the first day to start anything, on day 15."""
    coming = [{"supply": "PO-1", "item": "WIRE", "qty": 7, "due": day(6)}]
    factory = lamps(supplies=coming, frozen_days=10)
    before = plan(factory)
    assert promised(before) == {"SO-1": 16, "SO-2": 9}
    after = worked_in(before, factory.with_values({"supplies.PO-1.due": day(11)}))
    assert promised(after) == {"SO-1": 16, "SO-2": 11}
    assert names(after) == names(before)


def test_what_the_count_did_not_find_is_bought() -> None:
    """7 metres of wire were thought to be there, 4 are: 3 are bought for day 9."""
    factory = lamps(stock=[{"item": "WIRE", "qty": 7}])
    before = planned(factory)
    after = worked_in(before, factory.with_values({"stock.WIRE.qty": 4}))
    assert bought(before) == {"SCREW": 100}
    assert bought(after) == {"SCREW": 100, "WIRE": 3}
    assert used(after, "SO-2") == {"WIRE": 7}
    assert names(before).items() <= names(after).items()


def test_a_machine_that_is_down_for_three_days_makes_who_needs_it_wait() -> None:
    """10 lamps take all 60 minutes of a day. Down on days 0 to 2, the lathe makes them on day 3."""
    factory = lamps(
        operations=[{"parent": "LAMP", "seq": 10, "resource": "LATHE", "run_minutes": 6}],
        resources=[{"resource": "LATHE", "minutes_per_day": 60}],
        stock=[{"item": "SCREW", "qty": 20}],
        demands=[order("SO-1", "LAMP", 10, 2), order("SO-2", "WIRE", 7, 9)],
    )
    before = planned(factory)
    assert promised(before) == {"SO-1": 2, "SO-2": 9}
    down = [{"date": day(on), "open": False, "resource": "LATHE"} for on in (0, 1, 2)]
    after = worked_in(before, factory.with_(calendar=down))
    assert promised(after) == {"SO-1": 3, "SO-2": 9}
    assert after.schedule.select("resource", "date", "minutes").rows() == [("LATHE", day(3), 60.0)]


STEADY = {"holding_rate": 0.2, "demands": [order("SO-2", "WIRE", 100, 10)]}


def test_an_order_does_not_move_for_two_days_of_holding() -> None:
    """Two days of holding 100 cost 0.11; moving what starts on day 5 costs 0.005 * 25/30 * 100 = 0.42."""
    factory = lamps(**STEADY)
    before = planned(factory)
    later = {"demands.SO-2.due": day(12)}
    assert ordered(before) == [("buy", "WIRE", "MAIN", 100, 5, 10)]
    assert ordered(worked_in(before, factory.with_values(later))) == ordered(before)
    assert cost(plan(factory.with_values(later))) == pytest.approx(100)


def test_an_order_moves_where_that_makes_what_it_takes_cheaper() -> None:
    """Wanted on day 4 the lamps need Quick, who sells 100 screws at 2; since they have until day 9, Slow will do."""
    slow = {"item": "SCREW", "supplier": "Slow", "lead_time_days": 6, "price": 1}
    quick = {"item": "SCREW", "supplier": "Quick", "moq": 100, "lead_time_days": 2, "price": 2}
    tight = lamps(sources=[quick, slow], demands=[order("SO-1", "LAMP", 10, 4)])
    before = planned(tight)
    assert bought(before) == {"SCREW": 100}
    after = worked_in(before, tight.with_values({"demands.SO-1.due": day(9)}))
    assert ordered(after) == [("buy", "SCREW", "MAIN", 20, 2, 8), ("make", "LAMP", "MAIN", 10, 8, 9)]
    assert cost(after) == 20


def test_where_changes_cost_nothing_the_order_moves_to_where_it_is_best() -> None:
    factory = lamps(**STEADY, change_rate=0)
    after = worked_in(planned(factory), factory.with_values({"demands.SO-2.due": day(12)}))
    assert ordered(after) == [("buy", "WIRE", "MAIN", 100, 7, 12)]


@pytest.mark.parametrize(("rate", "qty"), [(0, 7), (0.005, 7), (10, 10)])
def test_only_where_changes_are_dear_more_is_bought_than_is_needed(rate: float, qty: int) -> None:
    """3 of the 10 planned are not wanted any more: keeping them costs 3, the change 3 * rate * 25/30."""
    factory = lamps(change_rate=rate, demands=[order("SO-2", "WIRE", 10, 10)])
    after = worked_in(planned(factory), factory.with_values({"demands.SO-2.qty": 7}))
    assert bought(after) == {"WIRE": qty}


def test_an_order_does_not_stay_where_it_would_leave_more_than_the_owner_allows() -> None:
    """100 for 100, or 40 for 40 at five times the price. Changes are dear; but with a limit of 30 % the 100 go."""
    sources = [
        {"item": "WIRE", "supplier": "W", "moq": 100, "lead_time_days": 5, "price": 1},
        {"item": "WIRE", "supplier": "V", "lead_time_days": 5, "price": 5},
    ]
    given: Row = {"items": [{"item": "WIRE", "unit_cost": 1}], "bom": [], "sources": sources, "change_rate": 0.5}
    for limit, left in ((1.0, {"WIRE": 100}), (0.3, {"WIRE": 40})):
        before = planned(lamps(**given, excess_limit=limit, demands=[order("SO-1", "WIRE", 100, 9)]))
        assert bought(before) == {"WIRE": 100}
        after = worked_in(before, lamps(**given, excess_limit=limit, demands=[order("SO-1", "WIRE", 40, 9)]))
        assert bought(after) == left


def test_nothing_is_kept_that_cannot_be_any_more() -> None:
    """However dear changes are: the supplier needs 12 days now, so nothing of his comes on day 10."""
    factory = lamps(change_rate=10, demands=[order("SO-2", "WIRE", 10, 10)])
    after = worked_in(planned(factory), factory.with_values({"sources.WIRE.lead_time_days": 12}))
    assert ordered(after) == [("buy", "WIRE", "MAIN", 10, 0, 12)]
    assert promised(after) == {"SO-2": 12}


def test_what_stands_takes_no_more_than_is_left_for_it() -> None:
    """However dear changes are: of the 12 screws there a more urgent order takes 8, so 2 lamps are made and not 6."""
    factory = lamps(change_rate=10, stock=[{"item": "SCREW", "qty": 12}], demands=[order("SO-1", "LAMP", 6, 3)])
    before = planned(factory)
    assert ordered(before) == [("make", "LAMP", "MAIN", 6, 2, 3)]
    fewer = factory.with_values({"demands.SO-1.qty": 2})
    after = worked_in(before, fewer.with_rows({"demands": [order("SO-9", "SCREW", 8, 2, priority=1)]}))
    assert ordered(after) == [("make", "LAMP", "MAIN", 2, 2, 3)]
    assert promised(after) == {"SO-1": 3, "SO-9": 2}


def test_the_schedule_names_the_order_that_does_the_work() -> None:
    """10 lamps in hand, 5 more come: the rows of the lathe stand with both make orders, 6 minutes a lamp."""
    factory = lamps(
        operations=[{"parent": "LAMP", "seq": 10, "resource": "LATHE", "run_minutes": 6}],
        resources=[{"resource": "LATHE", "minutes_per_day": 60}],
        demands=[order("SO-1", "LAMP", 10, 8)],
    )
    after = worked_in(planned(factory), factory.with_rows({"demands": [order("SO-2", "LAMP", 5, 12)]}))
    minutes = {row["order"]: row["minutes"] for row in after.schedule.iter_rows(named=True)}
    lathe = {name: qty for name, (item, qty) in names(after).items() if item == "LAMP"}
    assert sorted(lathe.values()) == [5, 10]
    assert minutes == {name: 6 * qty for name, qty in lathe.items()}


def test_who_was_promised_a_day_does_not_lose_it_to_a_newcomer_of_the_same_rank() -> None:
    """10 metres are there, the next ones come on day 5. Planned anew, A-NEW would be the first by its name."""
    factory = lamps(stock=[{"item": "WIRE", "qty": 10}], demands=[order("SO-2", "WIRE", 10, 3)])
    before = planned(factory)
    changed = factory.with_rows({"demands": [order("A-NEW", "WIRE", 10, 3)]})
    assert promised(plan(changed)) == {"A-NEW": 3, "SO-2": 5}
    assert promised(worked_in(before, changed)) == {"A-NEW": 5, "SO-2": 3}


def test_a_newcomer_who_cannot_wait_gets_what_expires_soon() -> None:
    """Cakes in stock are good until day 8, fresh ones come on day 10: there is no day between on which to wait."""
    cakes = world(
        items=[{"item": "CAKE", "lead_time_days": 2, "price": 40, "shelf_life_days": 8}, {"item": "EGG"}],
        bom=[{"parent": "CAKE", "component": "EGG", "qty": 1}],
        sources=[{"item": "EGG", "supplier": "S", "lead_time_days": 8, "price": 1}],
        stock=[{"item": "CAKE", "qty": 8, "lot": "L", "expires_on": day(8)}],
        demands=[order("SO-1", "CAKE", 5, 3)],
    )
    before = planned(cakes)
    assert promised(before) == {"SO-1": 3}
    # Seven cakes ten days late cost 28, five cakes seven days late 14 and 1 because they were promised.
    after = worked_in(before, cakes.with_rows({"demands": [order("SO-2", "CAKE", 7, 0)]}))
    assert promised(after) == {"SO-1": 10, "SO-2": 0}


def test_a_more_urgent_newcomer_goes_first() -> None:
    factory = lamps(stock=[{"item": "WIRE", "qty": 10}], demands=[order("SO-2", "WIRE", 10, 3)])
    changed = factory.with_rows({"demands": [order("A-NEW", "WIRE", 10, 3, priority=1)]})
    assert promised(worked_in(planned(factory), changed)) == {"A-NEW": 3, "SO-2": 5}


def test_a_better_rank_is_served_again_only_where_it_changes() -> None:
    """10 metres are there, the next ones come on day 5: 6 go to SO-1 and 4 to SO-2, until SO-1 is cancelled."""
    wanted = [order("SO-1", "WIRE", 6, 3, priority=1), order("SO-2", "WIRE", 4, 3), order("SO-3", "WIRE", 4, 3)]
    before = planned(lamps(stock=[{"item": "WIRE", "qty": 10}], demands=wanted))
    assert promised(before) == {"SO-1": 3, "SO-2": 3, "SO-3": 5}
    less = worked_in(before, before.factory.with_values({"demands.SO-3.qty": 2}))
    assert promised(less) == {"SO-1": 3, "SO-2": 3, "SO-3": 5}
    ranks, ranks_now = (made.kept["decided"].promised.ahead for made in (before, less))
    assert ranks_now is ranks and [rank.order.size for rank in ranks] == [1]
    cancelled = worked_in(less, less.factory.without_rows(["demands.SO-1"]))
    assert promised(cancelled) == {"SO-2": 3, "SO-3": 3}


def test_a_number_that_an_order_had_is_not_given_to_another_one() -> None:
    """SO-2 goes and SO-3 comes: the plans of a morning can be told apart by the names of their orders."""
    factory = lamps()
    before = planned(factory)
    without = worked_in(before, factory.without_rows(["demands.SO-2"]))
    again = worked_in(without, without.factory.with_rows({"demands": [order("SO-3", "WIRE", 5, 15)]}))
    (new,) = set(names(again)) - set(names(without))
    assert names(again)[new] == ("WIRE", 5)
    assert new not in names(before)
    assert re.fullmatch(r"PB-\d{6}", new)


def test_another_setting_is_another_plan() -> None:
    factory = lamps()
    changed = factory.with_(frozen_days=2)
    assert replan(planned(factory), changed).orders.equals(plan(changed).orders)
