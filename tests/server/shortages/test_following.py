"""What opens a shortage, who hears of it, and what happens when days slip."""


def cases(shop):
    from huoku.server.shortages.models import ShortageCase

    return list(ShortageCase.objects.of(shop.company).order_by("pk"))


def test_an_order_and_item_have_one_open_shortage_however_often_it_is_told(shop):
    a, _ = shop.a_and_b()
    shop.listened()
    shop.say("production.reserve_order", id=a)
    shop.listened()
    (case,) = cases(shop)
    assert (case.missing_steps, case.version, case.trail.count()) == (40, 1, 1)


def test_by_hand_what_is_not_to_be_found_is_not_counted_on_and_a_count_is_asked_for(shop):
    from huoku.server.ledger.models import CountTask

    order = shop.work_order("100")
    shop.listened()
    assert cases(shop) == []
    keeper = shop.person("keeper", "storekeeper")
    refused = shop.refused(command("open_case"), actor=keeper, order="WO-2026-00001", item="SCREW")
    assert refused["code"] == "nothing_missing"
    told = shop.ask(
        command("open_case"), actor=keeper, order="WO-2026-00001", item="SCREW", place="SHELF-E", quantity="30"
    )
    assert told["missing"] == "30 pcs SCREW"
    (task,) = CountTask.objects.of(shop.company).filter(is_open=True)
    assert (task.item_id, task.cause) == (shop.screw, "not_found")
    assert shop.kept(f"production.order:{order}") == {"SCREW": 70}
    case = shop.case()
    assert (case.source, case.state, case.place.code) == ("hand", "found", "SHELF-E")


def test_a_case_that_is_over_by_itself_closes_the_tasks_it_left(shop):
    shop.a_and_b()
    shop.listened()
    case = shop.case()
    assert shop.refused(command("solve_case"), id=case.pk)["code"] == "still_missing"
    shop.say("production.cancel_order", id=case.order_id, reason="not wanted")
    shop.listened()
    case = shop.case()
    assert (case.state, shop.roles("shortage")) == ("solved", set())
    assert [step.kind for step in case.trail.order_by("pk")] == ["found", "solved"]


def test_a_supply_that_comes_later_reaches_the_line_and_the_customer_at_once(shop):
    from huoku.server.production.models import WorkOperation

    shop.source(lead_time_days=2, price="1.00")
    order, line = shop.bought("100", in_days=2)
    a = shop.work_order("230", priority=2, demand=shop.sold("230", 12))
    shop.listened()
    assert cases(shop) == [] and shop.kept(f"production.order:{a}") == {"SCREW": 130, "SCREW*": 100}
    operation = WorkOperation.objects.of(shop.company).get(order=a)
    shop.say("production.start_operation", id=operation.pk)

    shop.say("purchasing.revise_dates", id=order, lines=[{"line": line, "on": shop.in_days(9), "why": "台风"}])
    shop.listened()
    case = shop.case()
    # Nine days for three: six late, two of slack; 1 % of 2300.00 each.
    assert (case.source, case.missing_steps, case.expected_on) == ("late", 100, shop.in_days(9))
    assert case.late_per_day_minor == 23_00
    assert ("wait", 100, 9, 0, 92_00) in shop.ways(case)
    (stop,) = [each for each in shop.tasks("production_lead") if each.kind == "line_stops"]
    assert f"SCREW will not be here before {shop.in_days(9)}" in stop.text_en
    (seller,) = shop.tasks("sales")
    assert seller.facts == {
        "case": case.number,
        "promised_on": str(shop.in_days(12)),
        "expected_on": str(shop.in_days(16)),
    }
    assert [proof.cause for proof in case.proofs.all()] == ["late_receipt", "no_procedure"]

    shop.say("purchasing.revise_dates", id=order, lines=[{"line": line, "on": shop.in_days(3)}])
    shop.listened()
    case = shop.case()
    assert (case.state, case.missing_steps, case.expected_on) == ("acting", 0, shop.in_days(3))


def test_a_request_that_is_rejected_brings_the_shortage_before_people_again(shop):
    from huoku.server.purchasing.models import PurchaseRequest

    shop.source(lead_time_days=7, price="1.00")
    shop.a_and_b()
    shop.listened()
    case = shop.case()
    shop.choose(case, "buy")
    shop.listened()
    assert (shop.case().state, shop.case().expected_on, shop.roles("shortage")) == ("acting", shop.in_days(7), set())
    request = PurchaseRequest.objects.of(shop.company).get()
    shop.say("purchasing.reject_request", id=request.pk, answer="supplier is closed")
    shop.listened()
    case = shop.case()
    assert (case.state, case.expected_on) == ("found", None)
    assert shop.roles("shortage") == {"production_lead", "buyer", "storekeeper", "planner"}


def test_the_shortage_of_a_part_reaches_through_the_assembly_to_the_customer(shop):
    shop.item("CABINET", kind="make", lead_time_days=3)
    shop.bill("CABINET", PANEL="4")
    days = {"start_on": shop.in_days(14), "due_on": shop.in_days(20)}
    cabinets = shop.say(
        "production.plan_order",
        **{"item": "CABINET", "qty": "50", "site": "EAST", "target": "SHELF-E", "work_in_progress": "WORK-E", **days},
        demand=shop.sold("50", 21),
    )["id"]
    panels = shop.work_order("200", demand=f"production.order:{cabinets}")
    shop.listened()
    case = shop.case(order=panels)
    hits = [(hit.level, hit.number, hit.slack_days, hit.late_per_day_minor) for hit in case.hits.order_by("level")]
    # Four days between the panels' end and the cabinets' start, one more before the customer's day.
    assert hits == [(0, "WO-2026-00002", 0, 0), (1, "WO-2026-00001", 4, 0), (2, "SO-2026-00001", 5, 5_00)]
    assert case.late_per_day_minor == 5_00


def test_below_safety_stock_planning_and_purchasing_are_told_once(shop):
    from huoku.server.shortages.jobs import watch_all

    def told():
        return [
            (each.role, each.text_en, each.state)
            for each in Task.objects.of(shop.company).filter(kind="below_safety_stock")
        ]

    from huoku.server.documents.models import Task

    nut = shop.item("NUT", kind="buy", safety_stock="100")
    shop.put(nut, 120)
    assert (watch_all(), told()) == (0, [])
    shop.reserve(nut, 50, place="SHELF-E")
    shop.supply("purchasing.line:1", nut, 20, 4)
    words = "NUT is below its safety stock: 70 free, 100 wanted, 30 short; 20 on order for nobody."
    assert watch_all() == 1
    assert told() == [("planner", words, "open"), ("buyer", words, "open")]
    shop.issue_from("SHELF-E", nut, 5)
    assert watch_all() == 0 and len(told()) == 2
    shop.put(nut, 35)
    assert watch_all() == 1
    assert {state for _, _, state in told()} == {"dropped"}


def command(name):
    from huoku.server.platform.command import COMMANDS

    return COMMANDS[f"shortages.{name}"]
