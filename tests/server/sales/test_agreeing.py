"""Departments confirm big and urgent orders; sales and production agree on a lock period."""

import pytest


@pytest.fixture
def people(shop):
    return {
        role: shop.person(role, role)
        for role in ("sales", "production_lead", "storekeeper", "buyer", "planner", "admin")
    }


def test_an_urgent_order_is_confirmed_by_the_departments(shop, order, people):
    from huoku.server.sales.commands.departments import answer_for_department, ask_departments, set_sales_rules
    from huoku.server.sales.commands.promising import confirm_order

    shop.receive(shop.screw, 100)
    shop.ask(set_sales_rules, actor=people["admin"], rush_days=7, departments=["storekeeper", "buyer"])
    answer = order(50, "SCREW", days=5, actor=people["sales"])
    assert shop.refused(confirm_order, actor=people["sales"], id=answer["id"])["code"] == "needs_departments"
    shop.ask(ask_departments, actor=people["sales"], id=answer["id"])
    assert [task.kind for task in shop.tasks("storekeeper")] == ["confirm"]
    yes = {"id": answer["id"], "can_be_done": True}
    shop.ask(answer_for_department, actor=people["storekeeper"], role="storekeeper", **yes)
    assert shop.tasks("storekeeper") == []
    other = shop.refused(answer_for_department, actor=people["storekeeper"], role="buyer", **yes)
    assert other["code"] == "not_allowed"
    no = shop.ask(
        answer_for_department, actor=people["buyer"], role="buyer", id=answer["id"], can_be_done=False, note="no steel"
    )
    assert no["answer"] == "no"
    refused = shop.refused(confirm_order, actor=people["sales"], id=answer["id"])
    assert refused["code"] == "needs_departments" and "采购（不同意：no steel）" in refused["zh"]
    (told,) = (task for task in shop.tasks("sales") if task.kind == "confirm_refused")
    assert "Buyer (says no: no steel)" in told.text_en and answer["number"] in told.text_zh
    shop.ask(answer_for_department, actor=people["buyer"], role="buyer", **yes)
    assert not [task for task in shop.tasks("sales") if task.kind == "confirm_refused"]
    assert shop.ask(confirm_order, actor=people["sales"], id=answer["id"])["state"] == "confirmed"


def test_a_big_order_is_big_from_its_value_on(shop, order, people):
    """Lamps at 100.00: nine are worth 900, ten are worth 1,000."""
    from huoku.server.sales.commands.departments import set_sales_rules
    from huoku.server.sales.commands.promising import confirm_order

    for item in (shop.bulb, shop.screw, shop.plate):
        shop.receive(item, 100)
    shop.ask(set_sales_rules, big_value="1000")
    assert shop.ask(confirm_order, id=order(9)["id"])["state"] == "confirmed"
    refused = shop.refused(confirm_order, id=order(10)["id"])
    assert refused["code"] == "needs_departments" and "金额大" in refused["zh"]


def test_a_lock_period_is_agreed_by_the_other_side_and_counts_what_is_in_doubt(shop, order, people):
    from huoku.server.ledger.models import CountTask
    from huoku.server.sales.commands.locking import agree_lock, ask_lock, unlock_order
    from huoku.server.sales.commands.promising import confirm_order

    for item in (shop.bulb, shop.screw, shop.plate):
        shop.receive(item, 100)
    answer = order(10, actor=people["sales"])
    shop.ask(confirm_order, actor=people["sales"], id=answer["id"])
    assert shop.refused(agree_lock, actor=people["production_lead"], id=answer["id"])["code"] == "not_asked"
    shop.ask(ask_lock, actor=people["sales"], id=answer["id"], until=shop.in_days(3))
    assert shop.refused(agree_lock, actor=people["sales"], id=answer["id"])["code"] == "same_side"
    assert [task.kind for task in shop.tasks("production_lead")] == ["lock"]
    told = shop.ask(agree_lock, actor=people["production_lead"], id=answer["id"])
    assert told["state"] == "locked" and told["counts"] == 3
    doubtful = CountTask.objects.of(shop.company).values_list("item__code", flat=True)
    assert set(doubtful) == {"BULB", "SCREW", "PLATE"}
    from huoku.server.sales.commands.changing import change_quantity

    still = shop.refused(change_quantity, id=answer["id"], line=1, qty="1")
    assert still["code"] == "not_from_here" and still["possible"]
    assert shop.ask(unlock_order, actor=people["production_lead"], id=answer["id"])["state"] == "confirmed"


def test_an_order_that_becomes_big_after_it_was_confirmed_is_confirmed_by_the_departments_too(shop, order, people):
    """Lamps at 100.00: nine are confirmed by the seller alone, a tenth makes it big. A yes serves once."""
    from huoku.server.sales.commands.changing import change_quantity
    from huoku.server.sales.commands.departments import answer_for_department, ask_departments, set_sales_rules
    from huoku.server.sales.commands.promising import confirm_order
    from huoku.server.sales.models import SalesLine

    for item in (shop.bulb, shop.screw, shop.plate):
        shop.receive(item, 200)
    shop.ask(set_sales_rules, big_value="1000", departments=["buyer"])
    made = order(9)["id"]
    shop.ask(confirm_order, id=made)
    line = SalesLine.objects.of(shop.company).get(order=made).pk
    refused = shop.refused(change_quantity, id=made, line=line, qty="10")
    assert refused["code"] == "needs_departments" and "采购" in refused["zh"] and "buyer" in refused["en"].lower()
    shop.ask(ask_departments, id=made)
    shop.ask(answer_for_department, actor=people["buyer"], id=made, role="buyer", can_be_done=True)
    shop.ask(change_quantity, id=made, line=line, qty="10")
    assert shop.refused(change_quantity, id=made, line=line, qty="11")["code"] == "needs_departments"
    shop.ask(change_quantity, id=made, line=line, qty="8")


@pytest.fixture
def locked(shop, order, people):
    """An order of ten lamps in its lock period of three days."""
    from huoku.server.sales.commands.locking import agree_lock, ask_lock
    from huoku.server.sales.commands.promising import confirm_order

    for item in (shop.bulb, shop.screw, shop.plate):
        shop.receive(item, 100)
    made = order(10, actor=people["sales"])["id"]
    shop.ask(confirm_order, actor=people["sales"], id=made)
    late = shop.refused(ask_lock, actor=people["sales"], id=made, until=shop.in_days(-1))
    assert late["code"] == "lock_is_over"
    shop.ask(ask_lock, actor=people["sales"], id=made, until=shop.in_days(3))
    shop.ask(agree_lock, actor=people["production_lead"], id=made)
    return made


def test_a_lock_period_ends_by_itself_after_its_last_day(shop, locked):
    from datetime import timedelta

    from huoku.server.platform import clock
    from huoku.server.sales.jobs import end_locks
    from huoku.server.sales.models import SalesOrder

    now, row = clock.now(), SalesOrder.objects.of(shop.company).get(pk=locked)
    for days, ended, state in ((3, 0, "locked"), (4, 1, "confirmed"), (5, 0, "confirmed")):
        with clock.telling(now + timedelta(days=days)):
            assert end_locks() == ended
        row.refresh_from_db()
        assert row.state == state
    assert row.lock_until is None


def test_nothing_is_released_for_an_order_in_its_lock_period(shop, locked):
    from huoku.server.production.commands.orders import plan_order, release_order
    from huoku.server.sales.commands.locking import unlock_order
    from huoku.server.sales.models import SalesLine

    demand = SalesLine.objects.of(shop.company).get(order=locked).demand
    places = {"target": "STORAGE", "work_in_progress": "WORK_IN_PROGRESS"}
    due = {"due_on": shop.in_days(9), "start_on": shop.in_days(1)}
    made = shop.ask(plan_order, item="LAMP", qty="10", demand=demand, **due, **places)["id"]
    other = shop.ask(plan_order, item="LAMP", qty="1", **due, **places)["id"]
    refused = shop.refused(release_order, id=made)
    assert refused["code"] == "in_lock_period" and "SO-" in refused["zh"]
    assert shop.ask(release_order, id=other)["state"] == "released"
    shop.ask(unlock_order, id=locked)
    assert shop.ask(release_order, id=made)["state"] == "released"
