"""Stock is carried from one place to another on a paper: nothing of it is ever nowhere, or at two places at once."""

import pytest


def test_a_transfer_from_draft_to_the_shelf_of_the_other_site(carrier):
    """East has 100 bolts, west needs 30 of them."""
    carrier.receive_at("EAST", carrier.bolt, 100)
    transfer = carrier.transfer(("BOLT", 30), expected_on=carrier.in_days(3))
    assert carrier.row(transfer).number.startswith("TR-")
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.supplies(transfer)) == ((100, 0), [])
    carrier.say("ask_for_transfer", id=transfer)
    assert ["EAST" in task.text_zh for task in carrier.tasks("storekeeper")] == [True]

    carrier.say("approve_transfer", id=transfer)
    assert carrier.stock(carrier.bolt, "EAST") == (100, 30)
    assert carrier.supplies(transfer) == [(30, 0, carrier.in_days(3))]
    assert carrier.tasks("storekeeper") == []

    carrier.say("send_transfer", id=transfer)
    assert carrier.stock(carrier.bolt, "EAST") == (70, 0)
    assert carrier.stock(carrier.bolt, "transit") == (30, 30)
    assert carrier.supplies(transfer) == [(30, 0, carrier.in_days(3))]

    (line,) = carrier.lines(transfer)
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "30"}])
    assert carrier.stock(carrier.bolt, "WEST") == (30, 0)
    assert carrier.stock(carrier.bolt, "transit") == (0, 0)
    assert carrier.supplies(transfer) == [(0, 0, carrier.in_days(3))]
    assert carrier.row(transfer).state == "closed"


def test_what_is_not_there_is_not_approved(carrier):
    carrier.receive_at("EAST", carrier.bolt, 20)
    transfer = carrier.transfer(("BOLT", 30))
    told = carrier.refusal("approve_transfer", id=transfer)
    assert (told["code"], told["value"]) == ("not_there", "30")
    assert carrier.stock(carrier.bolt, "EAST") == (20, 0)


def test_between_sites_any_bin_may_give_within_a_site_the_origin_alone(carrier):
    carrier.receive_at("EAST", carrier.bolt, 20)
    carrier.receive_at("EAST2", carrier.bolt, 15)
    within = carrier.transfer(("BOLT", 30), target="EAST2")
    assert carrier.refusal("approve_transfer", id=within)["code"] == "not_there"
    between = carrier.transfer(("BOLT", 30))
    carrier.say("approve_transfer", id=between)
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "EAST2")) == ((20, 20), (15, 10))
    carrier.say("send_transfer", id=between)
    assert carrier.stock(carrier.bolt, "transit") == (30, 30)
    carrier.say(
        "receive_transfer", id=between, lines=[{"line": carrier.lines(between)[0].pk, "qty": "30", "location": "WEST2"}]
    )
    assert carrier.stock(carrier.bolt, "WEST2") == (30, 0)


def test_lots_that_expire_first_go_first_if_they_are_good_when_they_arrive(carrier):
    """The lot that expires tomorrow would be bad on arrival in three days; of the others the earlier one goes first."""
    for code, days in (("SOON", 1), ("LATE", 90), ("NEXT", 30)):
        carrier.receive_at("EAST", carrier.milk, 10, lot_code=code, expires_on=carrier.in_days(days))
    too_much = carrier.transfer(("MILK", 21), expected_on=carrier.in_days(3))
    assert carrier.refusal("approve_transfer", id=too_much)["code"] == "not_there"
    transfer = carrier.sent(("MILK", 15), expected_on=carrier.in_days(3))
    (line,) = carrier.lines(transfer)
    parts = [(part.lot.code, part.sent_steps) for part in line.parts.order_by("pk")]
    assert parts == [("NEXT", 10), ("LATE", 5)]
    told = carrier.refusal("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "4"}])
    assert told["code"] == "lot_to_be_named"
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "4", "lot": "LATE"}])
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "11"}])
    assert carrier.stock(carrier.milk, "WEST") == (15, 0)


def test_a_named_lot_is_kept_and_carried(carrier):
    for code in ("A", "B"):
        carrier.receive_at("EAST", carrier.milk, 10, lot_code=code, expires_on=carrier.in_days(90))
    transfer = carrier.sent(("MILK", 6, {"lot": "B"}))
    assert [part.lot.code for part in carrier.lines(transfer)[0].parts.all()] == ["B"]
    again = carrier.transfer(("MILK", 6, {"lot": "B"}))
    assert carrier.refusal("approve_transfer", id=again)["code"] == "not_there"


def test_serial_numbers_travel_piece_by_piece(carrier):
    pump = carrier.item("PUMP", tracking="serial")
    for code in ("S1", "S2"):
        carrier.receive_at("EAST", pump, 1, lot_code=code)
    transfer = carrier.sent(("PUMP", 2))
    (line,) = carrier.lines(transfer)
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "1", "lot": "S2"}])
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "1"}])
    assert carrier.stock(pump, "WEST") == (2, 0)


def test_partly_sent_partly_received_and_the_rest_closed(carrier):
    carrier.receive_at("EAST", carrier.bolt, 100)
    transfer = carrier.transfer(("BOLT", 30))
    carrier.say("approve_transfer", id=transfer)
    carrier.promise(transfer, "project:1", 25)
    (line,) = carrier.lines(transfer)
    carrier.say("send_transfer", id=transfer, lines=[{"line": line.pk, "qty": "20"}])
    assert carrier.stock(carrier.bolt, "EAST") == (80, 10)
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "12"}])
    assert carrier.stock(carrier.bolt, "WEST") == (12, 12)
    assert carrier.supplies(transfer)[0][:2] == (18, 13)
    assert carrier.refusal("close_transfer", id=transfer, reason="enough")["code"] == "still_under_way"
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "8"}])
    assert carrier.row(transfer).state == "under_way"
    carrier.say("close_transfer", id=transfer, reason="enough")
    assert carrier.stock(carrier.bolt, "EAST") == (80, 0)
    assert carrier.supplies(transfer)[0][:2] == (0, 0)
    assert carrier.kept("project:1") == {"BOLT": 20}
    (task,) = carrier.tasks("planner")
    assert "project:1 BOLT 5" in task.text_zh


def test_damaged_goods_are_blocked_and_no_supply(carrier):
    carrier.receive_at("EAST", carrier.bolt, 30)
    transfer = carrier.sent(("BOLT", 30))
    carrier.promise(transfer, "project:1", 30)
    (line,) = carrier.lines(transfer)
    came = {"line": line.pk, "qty": "26", "damaged": "4"}
    assert carrier.refusal("receive_transfer", id=transfer, lines=[came])["code"] == "reason_needed"
    carrier.say("receive_transfer", id=transfer, lines=[came], reason="wet")
    assert carrier.stock(carrier.bolt, "WEST") == (26, 26)
    assert by_status(carrier, "WEST") == {"available": 26, "blocked": 4}
    assert carrier.row(transfer).state == "closed"
    assert carrier.kept("project:1") == {"BOLT": 26}
    assert len(carrier.tasks("planner")) == 1


def by_status(carrier, place):
    from huoku.server.ledger.models import Balance

    rows = Balance.objects.of(carrier.company).filter(location=carrier.places[place], on_hand__gt=0)
    return {row.status: row.on_hand for row in rows}


def test_what_did_not_arrive_had_not_left_or_is_lost(carrier):
    """30 were sent and 24 came: 4 lie at the origin still, 2 are lost."""
    from huoku.server.ledger.models import CountTask

    carrier.receive_at("EAST", carrier.bolt, 50)
    transfer = carrier.sent(("BOLT", 30))
    (line,) = carrier.lines(transfer)
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "24"}])
    assert carrier.stock(carrier.bolt, "transit") == (6, 6)
    more = {"line": line.pk, "found": "4", "lost": "3"}
    assert carrier.refusal("settle_difference", id=transfer, lines=[more], reason="?")["code"] == "more_than_under_way"
    carrier.say("settle_difference", id=transfer, lines=[{**more, "lost": "2"}], reason="fell off")
    assert carrier.stock(carrier.bolt, "EAST") == (24, 0)
    assert carrier.stock(carrier.bolt, "transit") == (0, 0)
    assert carrier.row(transfer).state == "closed"
    assert CountTask.objects.of(carrier.company).filter(location=carrier.places["EAST"], is_open=True).count() == 1


def test_a_loss_waits_for_a_second_person_where_a_write_off_would(carrier):
    from huoku.server.platform.command import COMMANDS, perform
    from huoku.server.platform.commands.approvals import require_second_check

    carrier.receive_at("EAST", carrier.bolt, 50)
    transfer = carrier.sent(("BOLT", 30))
    carrier.ask(require_second_check, kind="ledger.write_off")
    (line,) = carrier.lines(transfer)
    settle = COMMANDS["warehouse.settle_difference"]
    keeper = carrier.person("keeper", "storekeeper")

    def settled(key, **what):
        request = settle.request(id=transfer, lines=[{"line": line.pk, **what}], reason="?")
        return perform(settle, request, actor=keeper, key=key).status

    assert settled("found", found="10") == 200
    assert settled("lost", lost="10") == 202
    assert carrier.stock(carrier.bolt, "transit") == (20, 20)


def test_more_than_was_sent_is_refused_or_taken_from_the_origin_with_a_reason(carrier):
    carrier.receive_at("EAST", carrier.bolt, 50)
    transfer = carrier.sent(("BOLT", 30))
    (line,) = carrier.lines(transfer)
    came = {"line": line.pk, "qty": "32"}
    assert carrier.refusal("receive_transfer", id=transfer, lines=[came])["code"] == "more_than_sent"
    carrier.say("receive_transfer", id=transfer, lines=[came], reason="two boxes of 16")
    assert (carrier.stock(carrier.bolt, "EAST"), carrier.stock(carrier.bolt, "WEST")) == ((18, 0), (32, 0))
    assert carrier.row(transfer).state == "closed"


def test_what_is_kept_at_the_origin_for_a_demand_goes_with_it(carrier):
    """30 bolts lie in the east for an order in the west; nobody else is given them on the way, nor there."""
    carrier.receive_at("EAST", carrier.bolt, 30)
    carrier.reserve(carrier.bolt, 30, demand="project:1", place="EAST")
    for_nobody = carrier.transfer(("BOLT", 30))
    assert carrier.refusal("approve_transfer", id=for_nobody)["code"] == "not_there"
    transfer = carrier.sent(("BOLT", 30, {"demand": "project:1"}))
    assert carrier.kept("project:1") == {"BOLT*": 30}
    (line,) = carrier.lines(transfer)
    carrier.say("receive_transfer", id=transfer, lines=[{"line": line.pk, "qty": "30"}])
    assert carrier.stock(carrier.bolt, "WEST") == (30, 30)
    assert carrier.kept("project:1") == {"BOLT": 30}


def test_what_is_not_carried_after_all_stays_kept_for_its_demand(carrier):
    carrier.receive_at("EAST", carrier.bolt, 50)
    carrier.reserve(carrier.bolt, 20, demand="project:1", place="EAST")
    transfer = carrier.transfer(("BOLT", 30, {"demand": "project:1"}))
    carrier.say("approve_transfer", id=transfer)
    assert carrier.kept("project:1") == {"BOLT*": 30}
    carrier.say("cancel_transfer", id=transfer, reason="shipped from the east")
    assert carrier.kept("project:1") == {"BOLT": 30}
    assert carrier.stock(carrier.bolt, "EAST") == (50, 30)
    assert carrier.tasks("planner") == []


def test_what_is_found_missing_is_not_promised_again(carrier):
    """Somebody did not find the bolts where the book has them: until they are counted, none are carried."""
    from huoku.server.ledger.models import CountTask

    carrier.receive_at("EAST", carrier.bolt, 30)
    CountTask.objects.create(
        company=carrier.company,
        item_id=carrier.bolt,
        location_id=carrier.places["EAST"],
        cause="not_found",
        due_on=carrier.today(),
        recorded_at="2026-01-01T00:00:00Z",
    )
    assert carrier.refusal("approve_transfer", id=carrier.transfer(("BOLT", 1)))["code"] == "not_there"


def test_a_later_arrival_is_told_to_those_who_wait(carrier):
    carrier.receive_at("EAST", carrier.bolt, 30)
    transfer = carrier.sent(("BOLT", 30), expected_on=carrier.in_days(2))
    carrier.promise(transfer, "project:1", 10, in_days=4)
    carrier.say("revise_arrival", id=transfer, expected_on=carrier.in_days(3))
    assert carrier.tasks("planner") == []
    carrier.say("revise_arrival", id=transfer, expected_on=carrier.in_days(6))
    assert ["project:1" in task.text_en for task in carrier.tasks("planner")] == [True]
    assert carrier.supplies(transfer)[0][2] == carrier.in_days(6)
    carrier.say("revise_arrival", id=transfer, expected_on=carrier.in_days(4))
    assert carrier.tasks("planner") == []


def test_cancelled_before_it_left_everything_is_free_again(carrier):
    carrier.receive_at("EAST", carrier.bolt, 30)
    transfer = carrier.transfer(("BOLT", 30))
    carrier.say("approve_transfer", id=transfer)
    assert carrier.refusal("cancel_transfer", id=transfer)["code"] == "reason_needed"
    carrier.say("cancel_transfer", id=transfer, reason="not wanted")
    assert carrier.stock(carrier.bolt, "EAST") == (30, 0)
    assert carrier.supplies(transfer)[0][:2] == (0, 0)


def test_what_is_worth_more_than_ones_limit_waits_for_another(carrier):
    """30 bolts at 2 are worth 60; the keeper may decide up to 50."""
    from huoku.server.platform.command import COMMANDS, perform
    from huoku.server.platform.commands.approvals import set_limit

    carrier.receive_at("EAST", carrier.bolt, 100)
    carrier.ask(set_limit, kind="warehouse.approve_transfer", role="storekeeper", amount_minor=5_000)
    keeper, approve = carrier.person("keeper", "storekeeper"), COMMANDS["warehouse.approve_transfer"]
    small, large = carrier.transfer(("BOLT", 25)), carrier.transfer(("BOLT", 30))
    done = {
        transfer: perform(approve, approve.request(id=transfer), actor=keeper, key=f"{transfer}").status
        for transfer in (small, large)
    }
    assert done == {small: 200, large: 202}
    assert carrier.row(large).state == "draft"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"target": "EAST"}, "same_place"),
        ({"target": "SUPPLIER"}, "not_for_stock"),
        ({"target": "NOWHERE"}, "unknown"),
        ({"lines": [{"item": "BOLT", "qty": "0.5"}]}, "not_whole_steps"),
        ({"lines": [{"item": "MILK", "qty": "1", "lot": "X"}]}, "unknown"),
    ],
)
def test_what_cannot_be_carried_is_refused_when_it_is_written(carrier, fields, code):
    assert carrier.refusal("add_transfer", **{"origin": "EAST", "target": "WEST", **fields})["code"] == code


def test_it_cannot_arrive_before_it_leaves(carrier):
    days = {"start_on": carrier.in_days(5), "expected_on": carrier.in_days(4)}
    told = carrier.refusal("add_transfer", origin="EAST", target="WEST", **days)
    assert told["code"] == "arrives_before_it_leaves"


def test_a_draft_is_changed_line_by_line(carrier):
    carrier.receive_at("EAST", carrier.bolt, 30)
    transfer = carrier.transfer(("BOLT", 30), ("MILK", 1))
    bought_for_it = carrier.lines(transfer)[0].ledger_name
    carrier.reserve(carrier.bolt, 30, demand=bought_for_it, place="EAST")
    carrier.say("change_transfer", id=transfer, target="WEST2", lines=[{"item": "BOLT", "qty": "7"}])
    assert [(line.item.code, line.qty_steps) for line in carrier.lines(transfer)] == [("BOLT", 7)]
    assert carrier.stock(carrier.bolt, "EAST") == (30, 0)
    carrier.say("approve_transfer", id=transfer)
    told = carrier.refusal("change_transfer", id=transfer, note="no")
    assert told["code"] == "not_from_here"


def test_each_site_does_its_own_part(carrier):
    """The keeper of the east sends and cannot receive, the keeper of the west the other way round; both see it."""
    from dataclasses import replace

    from huoku.server.platform.kept import rows_for
    from huoku.server.warehouse.models import Transfer

    carrier.receive_at("EAST", carrier.bolt, 30)
    keeper = carrier.person("keeper", "storekeeper")
    sites = {code: carrier_site(carrier, code) for code in ("EAST", "WEST")}
    east, west = (replace(keeper, sites=frozenset({sites[code]})) for code in ("EAST", "WEST"))
    transfer = carrier.transfer(("BOLT", 30))
    assert rows_for(east, Transfer).count() == rows_for(west, Transfer).count() == 1
    assert carrier.refusal("approve_transfer", actor=west, id=transfer)["code"] == "not_your_site"
    carrier.say("approve_transfer", actor=east, id=transfer)
    assert carrier.refusal("send_transfer", actor=west, id=transfer)["code"] == "not_your_site"
    carrier.say("send_transfer", actor=east, id=transfer)
    came = [{"line": carrier.lines(transfer)[0].pk, "qty": "30"}]
    assert carrier.refusal("receive_transfer", actor=east, id=transfer, lines=came)["code"] == "not_your_site"
    carrier.say("receive_transfer", actor=west, id=transfer, lines=came)
    assert carrier.stock(carrier.bolt, "WEST") == (30, 0)


def carrier_site(carrier, code):
    from huoku.server.platform.models import Site

    return Site.objects.of(carrier.company).get(code=code).pk
