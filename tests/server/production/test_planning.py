"""Planning an order, changing it, handing it to the shop floor."""

from datetime import date

import pytest


def test_an_order_takes_recipe_and_routing_as_they_stand_and_is_a_supply_at_once(stands):
    id = stands.plan(qty="20")
    order = stands.order(id)
    assert (order.number, order.state, order.qty_steps) == ("WO-2026-00001", "planned", 20)
    needed = {code: stands.component(id, code).needed_steps for code in ("SCREW", "PLATE")}
    assert needed == {"SCREW": 80, "PLATE": 20}
    assert [stands.operation(id, seq).number for seq in (10, 20)] == ["WO-2026-00001/10", "WO-2026-00001/20"]
    assert stands.coming(id) == (20, 0)
    assert stands.is_well()


def test_where_no_start_is_given_it_is_the_lead_time_before_it_is_due(factory):
    factory.item("STAND", lead_time_days=5)
    id = factory.plan(start_on=None, due_on="2026-12-31")
    assert factory.order(id).start_on == date(2026, 12, 26)


def test_what_is_made_for_a_demand_is_promised_to_nobody_else(stands):
    id = stands.plan(qty="20", demand="project:5", demand_qty="15")
    assert stands.coming(id) == (20, 15)
    assert stands.kept_for("project:5") == {("STAND", f"production.order:{id}"): 15}


def test_nothing_of_it_is_kept_for_a_customer_who_has_cancelled(stands):
    from huoku.server.partners.commands.partners import AddCustomer, add_customer
    from huoku.server.sales.commands.changing import CancelOrder, cancel_order
    from huoku.server.sales.commands.orders import EnterOrder, enter_order
    from huoku.server.sales.models import SalesLine

    stands.do(add_customer, AddCustomer(code="LI"))
    line = {"item": "STAND", "qty": "20", "due_on": "2026-12-31", "price": "10"}
    asked = stands.do(enter_order, EnterOrder(customer="LI", lines=[line]))
    stands.do(cancel_order, CancelOrder(id=asked["id"], reason="went elsewhere"))
    demand = SalesLine.objects.of(stands.company).get().demand
    id = stands.plan(qty="20", demand=demand)
    assert stands.order(id).demand == demand
    assert stands.coming(id) == (20, 0)


def test_what_is_bought_is_not_made(factory):
    from huoku.server.production.refusals import NotMade

    factory.item("SCREW", kind="buy")
    with pytest.raises(NotMade):
        factory.plan("SCREW")


def test_materials_lie_at_a_place_of_work_while_they_are_used(stands):
    from huoku.server.production.refusals import WrongPlace

    with pytest.raises(WrongPlace):
        stands.plan(work_in_progress="STORAGE")


def test_a_released_order_has_its_components_kept_and_its_first_operation_ready(stands):
    id = stands.plan(qty="20")
    told = stands.say("release_order", id=id)
    assert (told["state"], told["short"]) == ("released", [])
    assert stands.kept(id) == {("SCREW", "STORAGE"): 80, ("PLATE", "STORAGE"): 20}
    assert [stands.operation(id, seq).state for seq in (10, 20)] == ["ready", "waiting"]
    assert stands.is_well()


def test_what_sales_kept_for_the_demand_is_taken_over_by_its_order(stands):
    stands.reserve(stands.items["SCREW"], 150, demand="project:5")
    id = stands.plan(qty="20", demand="project:5")
    stands.say("release_order", id=id)
    assert stands.kept(id) == {("SCREW", "STORAGE"): 80, ("PLATE", "STORAGE"): 20}
    assert stands.kept_for("project:5")["SCREW", "STORAGE"] == 70
    assert stands.free(stands.items["SCREW"]) == 50
    stands.say("reserve_order", id=id)  # it has all that it needs: no more is taken over
    assert stands.kept_for("project:5")["SCREW", "STORAGE"] == 70
    assert stands.is_well()


def test_a_shortage_does_not_stop_the_release_and_is_told_to_purchasing_and_planning(stands):
    id = stands.plan(qty="55")
    told = stands.say("release_order", id=id)
    assert told["short"] == [
        {"item": "SCREW", "missing": "20", "late": []},
        {"item": "PLATE", "missing": "5", "late": []},
    ]
    assert set(stands.tasks("components_short")) == {("components_short", "buyer"), ("components_short", "planner")}
    assert "20 pcs SCREW, 5 pcs PLATE" in stands.tasks()["components_short", "buyer"]
    stands.receive(stands.items["SCREW"], 20, lot_code="S2")
    stands.receive(stands.items["PLATE"], 5, lot_code="P2")
    assert stands.say("reserve_order", id=id)["short"] == []
    assert stands.tasks("components_short") == {}
    assert stands.kept(id) == {("SCREW", "STORAGE"): 220, ("PLATE", "STORAGE"): 55}
    assert stands.is_well()


def test_what_arrives_in_time_is_kept_and_what_comes_too_late_is_named(stands):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply

    for supply, quantity, on in (("purchasing.line:1", 12, "2026-11-30"), ("purchasing.line:2", 30, "2026-12-02")):
        stands.do(
            state_supply,
            StateSupply(
                supply=supply,
                item=stands.items["SCREW"],
                location=stands.shelf,
                quantity=quantity,
                expected_on=on,
            ),
        )
    id = stands.plan(qty="55")
    told = stands.say("release_order", id=id)
    late = [{"supply": "purchasing.line:2", "on": "2026-12-02", "quantity": "8"}]
    assert told["short"][0] == {"item": "SCREW", "missing": "8", "late": late}
    assert stands.kept(id)["SCREW", "purchasing.line:1"] == 12
    assert stands.kept(id)["SCREW", "purchasing.line:2"] == 8
    assert stands.say("reserve_order", id=id)["short"][0] == told["short"][0]


def test_more_of_a_released_order_is_provided_for_and_less_gives_back(stands):
    id = stands.plan(qty="20")
    stands.say("release_order", id=id)
    stands.say("change_order", id=id, qty="30")
    assert stands.kept(id) == {("SCREW", "STORAGE"): 120, ("PLATE", "STORAGE"): 30}
    assert stands.coming(id) == (30, 0)
    stands.say("change_order", id=id, qty="10")
    assert stands.kept(id) == {("SCREW", "STORAGE"): 40, ("PLATE", "STORAGE"): 10}
    assert stands.coming(id) == (10, 0)
    assert stands.is_well()


def test_an_open_walk_fetches_no_more_than_a_smaller_order_still_takes(stands):
    from huoku.server.production.models import PickLine

    id = stands.plan(qty="20")
    stands.say("release_order", id=id)
    walk = stands.say("make_pick_list", orders=[id])["id"]

    def lines():
        rows = PickLine.objects.of(stands.company).filter(pick_list=walk).order_by("component__item__code")
        return [(row.component.item.code, row.asked_steps, row.state) for row in rows.select_related("component__item")]

    assert lines() == [("PLATE", 20, "open"), ("SCREW", 80, "open")]
    stands.say("change_order", id=id, qty="5")
    assert lines() == [("PLATE", 5, "open"), ("SCREW", 20, "open")]
    stands.say("change_order", id=id, backflushed=["SCREW"])
    assert lines() == [("PLATE", 5, "open"), ("SCREW", 20, "dropped")]
    assert stands.is_well()


def test_who_loses_the_promise_of_a_smaller_order_is_told_the_least_urgent_first(stands):
    id = stands.plan(qty="20", demand="project:5", demand_qty="12", priority=2)
    from huoku.server.ledger.models import SupplyBalance

    supply = SupplyBalance.objects.of(stands.company).get().pk
    stands.reserve(stands.items["STAND"], 8, demand="project:9", supply=supply, priority=5)
    stands.say("change_order", id=id, qty="10")
    assert stands.coming(id) == (10, 10)
    assert stands.kept_for("project:5") == {("STAND", f"production.order:{id}"): 10}
    assert stands.kept_for("project:9") == {}
    (lost,) = stands.events("promise_lost")
    assert lost["lost"] == [
        {"demand": "project:9", "quantity": "8"},
        {"demand": "project:5", "quantity": "2"},
    ]
    assert "10 pcs STAND less" in stands.tasks()["promise_lost", "planner"]
    assert stands.is_well()


def test_who_needs_it_before_its_new_day_is_told(stands):
    id = stands.plan(qty="20", demand="project:5", due_on="2026-12-20")
    stands.say("change_order", id=id, due_on="2026-12-24")
    (late,) = stands.events("supply_late")
    assert late == {"due_on": "2026-12-24", "was": "2026-12-20", "demands": ["project:5"]}
    assert ("supply_late", "planner") in stands.tasks()


def test_an_operation_is_put_on_a_day_and_a_resource_by_hand_and_left_to_the_plan_again(stands):
    from huoku.server.platform.kept import Unknown
    from huoku.server.production.refusals import AfterItsDay, DayIsPast

    order = stands.plan(due_on="2098-12-20")
    press, other = stands.operation(order), stands.operation(order, 20)
    stands.say("fix_operation", id=press.pk, day="2098-12-10", resource="R20")
    press.refresh_from_db()
    assert (press.fixed_on, press.resource_id, press.state) == (date(2098, 12, 10), other.resource_id, "waiting")
    assert stands.events("work_moved") == [{"operation": press.number, "day": "2098-12-10"}]
    # The same once more tells nobody.
    stands.say("fix_operation", id=press.pk, day="2098-12-10")
    assert len(stands.events("work_moved")) == 1
    for day, refusal in (("2026-01-01", DayIsPast), ("2098-12-21", AfterItsDay)):
        with pytest.raises(refusal):
            stands.say("fix_operation", id=press.pk, day=day)
    with pytest.raises(Unknown):
        stands.say("fix_operation", id=press.pk, day="2098-12-10", resource="R99")
    # An order that is to be done earlier takes its work back from a later day.
    stands.say("change_order", id=order, due_on="2098-12-09")
    press.refresh_from_db()
    assert press.fixed_on is None
    stands.say("fix_operation", id=press.pk, day="2098-12-09")
    stands.say("unfix_operation", id=press.pk)
    press.refresh_from_db()
    assert press.fixed_on is None and press.resource.code == "R10"
