"""Days that suppliers give are facts; whoever counts on them is told when they move."""

from datetime import timedelta

import pytest


def confirmed(office, **answer):
    """An order of 100 bolts that was wanted on day 20, confirmed with ``answer``."""
    from huoku.server.purchasing.commands.promising import confirm

    order = office.sent({"item": "BOLT", "qty": "100"})
    office.by("buyer", confirm, id=order, lines=[{"line": office.line(order).pk, **answer}] if answer else [])
    return order


def revise(office, order, day):
    from huoku.server.purchasing.commands.promising import revise_dates

    office.by(
        "buyer", revise_dates, id=order, lines=[{"line": office.line(order).pk, "on": office.day(day), "why": "rain"}]
    )


def test_each_day_given_stands_with_its_reason(office):
    from huoku.server.purchasing.models import DateGiven

    order = confirmed(office, promised_on=office.day(18))
    for day in (25, 21):
        revise(office, order, day)
    given = [(row.said, row.on, row.why) for row in DateGiven.objects.of(office.company).order_by("pk")]
    assert given == [
        ("promised", office.day(18), ""),
        ("revised", office.day(25), "rain"),
        ("revised", office.day(21), "rain"),
    ]
    line = office.line(order)
    assert (line.promised_on, line.revised_on, line.expected_on) == (office.day(18), office.day(21), office.day(21))


def test_the_promise_is_the_last_word_whatever_was_said_on_the_telephone(office):
    from huoku.server.purchasing.commands.promising import confirm

    order = office.sent({"item": "BOLT", "qty": "100"})
    revise(office, order, 30)
    assert office.line(order).expected_on == office.day(30)
    office.by("buyer", confirm, id=order)
    assert (office.line(order).expected_on, office.tasks("supply_late")) == (office.day(20), [])


def test_later_than_was_counted_on_is_told_and_the_task_goes_when_it_is_in_time_again(office):
    order = confirmed(office)
    assert (office.events("supply_late"), office.tasks("supply_late")) == ([], [])
    office.promise(office.line(order), 60, "sales.line:1", need_on=office.day(22))
    office.promise(office.line(order), 40, "sales.line:2", need_on=office.day(40))
    revise(office, order, 25)
    (event,), (task,) = office.events("supply_late"), office.tasks("supply_late")
    assert (event["was"], event["demands"]) == (office.day(20).isoformat(), ["sales.line:1"])
    assert task.facts["lines"][0]["demands"] == ["sales.line:1"]
    revise(office, order, 24)  # better than last told, and late still
    assert (len(office.events("supply_late")), len(office.tasks("supply_late"))) == (1, 1)
    revise(office, order, 20)
    assert office.tasks("supply_late") == []
    assert office.supply(office.line(order)) == (100, 100, office.day(20))


def test_late_goods_hit_the_demand_that_they_are_bought_for_also_where_nothing_is_promised(office):
    from huoku.server.purchasing.commands.promising import confirm, revise_dates

    order = office.sent({"item": "BOLT", "qty": "10", "demand": "sales.line:9"})
    line = office.line(order).pk
    office.by("buyer", confirm, id=order, lines=[{"line": line, "promised_on": office.day(10)}])
    for day in (20, 21):
        office.by("buyer", revise_dates, id=order, lines=[{"line": line, "on": office.day(day)}])
    # Day 20 is later than promised, and still the day on which it is wanted.
    assert [each["demands"] for each in office.events("supply_late")] == [[], ["sales.line:9"]]


def test_what_the_supplier_does_not_take_is_given_back_by_the_least_urgent(office):
    from huoku.server.purchasing.commands.promising import ConfirmedMore, confirm
    from huoku.server.purchasing.standing import LineTwice

    order = office.sent({"item": "BOLT", "qty": "100"})
    line = office.line(order)
    office.promise(line, 50, "sales.line:1", priority=1, need_on=office.day(22))
    office.promise(line, 30, "sales.line:2", priority=5)
    office.promise(line, 20, "sales.line:3", priority=3)
    with pytest.raises(ConfirmedMore):
        office.by("buyer", confirm, id=order, lines=[{"line": line.pk, "qty": "101"}])
    with pytest.raises(LineTwice):
        office.by("buyer", confirm, id=order, lines=[{"line": line.pk}, {"line": line.pk}])
    office.by("buyer", confirm, id=order, lines=[{"line": line.pk, "qty": "55"}])
    assert office.supply(line) == (55, 55, office.day(20))
    assert [office.kept(f"sales.line:{n}") for n in (1, 2, 3)] == [[("supply", 50)], [], [("supply", 5)]]
    (event,), (task,) = office.events("supply_short"), office.tasks("supply_short")
    assert [(each["demand"], each["qty"]) for each in event["lost"]] == [("sales.line:2", "30"), ("sales.line:3", "15")]
    assert task.role == "planner" and "sales.line:2 BOLT 30; sales.line:3 BOLT 15" in task.text_zh


def test_who_was_told_before_is_not_forgotten_when_more_is_lost_or_the_order_ends(office):
    from huoku.server.purchasing.commands.ending import close
    from huoku.server.purchasing.commands.inspecting import inspect

    order = confirmed(office)
    line = office.line(order).pk
    office.promise(office.line(order), 100, "sales.line:1")
    (receipt,) = office.receive(order, {"line": line, "qty": "40", "inspect": True})["receipts"]

    def told():
        (task,) = office.tasks("supply_short")
        return [each["qty"] for each in task.facts["lines"]]

    office.by("storekeeper", inspect, id=receipt, accepted="30", rejected="10", reason="rust")
    assert told() == ["10"]
    office.by("buyer", close, id=order, reason="the rest is not needed")
    assert told() == ["10", "60"]
    assert (office.supply(office.line(order))[:2], office.kept("sales.line:1")) == ((0, 0), [("soft", 30)])
    ended = office.line(order)
    assert (ended.cancelled_steps, ended.open_steps, office.order(order).end_reason) == (
        60,
        0,
        "the rest is not needed",
    )


def test_the_chase_list_says_how_late_each_line_is_and_what_to_do_next(office, company):
    from huoku.server.purchasing.commands.promising import confirm, revise_dates
    from huoku.server.purchasing.models import PurchaseChase

    wanted = {"approved": 20, "late": -4, "asked": 20, "soon": 2, "waits": 20}
    orders = {}
    for name, day in wanted.items():
        lines = ({"item": "BOLT", "qty": "10", "wanted_on": office.day(day)},)
        orders[name] = office.approved(*lines) if name == "approved" else office.sent(*lines)
    for name in ("late", "soon", "waits"):
        office.by("buyer", confirm, id=orders[name])
    late = office.line(orders["late"]).pk
    office.by("buyer", revise_dates, id=orders["late"], lines=[{"line": late, "on": office.day(-2)}])
    office.draft({"item": "BOLT", "qty": "10"})
    inspected = office.sent({"item": "BOLT", "qty": "10"})
    office.receive(inspected, {"line": office.line(inspected).pk, "qty": "10", "inspect": True})
    whole = office.sent({"item": "BOLT", "qty": "10"})
    office.receive(whole, {"line": office.line(whole).pk, "qty": "10"})
    listed = PurchaseChase.objects.of(company).order_by("pk").values_list("next_action", "due_on", "days_late")
    assert list(listed) == [
        ("send", office.day(20), None),
        ("chase", office.day(-2), timedelta(days=2)),
        ("ask_to_confirm", office.day(20), None),
        ("remind", office.day(2), None),
        ("wait", office.day(20), None),
        ("inspect", office.day(20), None),
    ]


def test_a_supplier_s_record_counts_what_came_and_what_is_overdue_against_its_first_word(office, company):
    from huoku.server.purchasing.commands.promising import confirm
    from huoku.server.purchasing.models import SupplierRecord

    # Wanted on, promised on, come whole: as promised and as wanted; as promised and later than wanted; three days
    # late; overdue; not due yet.
    for wanted, promised, comes in ((0, 0, True), (-2, 0, True), (0, -3, True), (0, -1, False), (5, 5, False)):
        order = office.sent({"item": "BOLT", "qty": "10", "wanted_on": office.day(wanted)})
        line = office.line(order).pk
        office.by("buyer", confirm, id=order, lines=[{"line": line, "promised_on": office.day(promised)}])
        if comes:
            office.receive(order, {"line": line, "qty": "10"})
    figures = ("code", "lines_due", "lines_on_time", "lines_as_wanted", "days_late")
    record = SupplierRecord.objects.of(company).order_by("code").values_list(*figures)
    assert list(record) == [("ACME", 4, 2, 2, timedelta(days=3))]
