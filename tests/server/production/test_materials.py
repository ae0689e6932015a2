"""Materials on their way to the work and back, what a report uses of them, and what it is made from."""

import pytest


@pytest.fixture
def released(stands):
    """An order of 20 stands that has everything kept for it."""
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    return stands


def issue_all(factory, id):
    issue_all_of(factory, factory.say("make_pick_list", orders=[id]))


def issue_all_of(factory, picks):
    for line in range(1, picks["lines"] + 1):
        factory.say("take_line", id=picks["id"], line=line)


def report(factory, id, **fields):
    """Press and fit as many."""
    for seq in (10, 20):
        told = factory.say("report_operation", id=factory.operation(id, seq).pk, **fields)
    return told


def test_what_was_issued_can_be_counted_at_the_work(released):
    from huoku.server.ledger.commands.counts import StateCount, state_count

    issue_all(released, released.id)
    assert released.at_work("SCREW") == 80
    told = released.do(
        state_count,
        StateCount(item=released.items["SCREW"], location=released.wip, counted=80, lot_code="S1"),
    )
    assert told["state"] == "approved"


def test_what_is_issued_without_a_walk_takes_what_was_kept_first(released):
    told = released.say("issue_component", id=released.id, line=1, quantity="80", from_location="STORAGE")
    assert told["lots"] == {str(released.lot(released.items["SCREW"], "S1")): 80}
    assert released.kept(released.id) == {("PLATE", "STORAGE"): 20}
    told = released.say("issue_component", id=released.id, line=2, quantity="20", from_location="STORAGE")
    assert told["state"] == "kitted"
    assert released.is_well()


def test_more_than_is_needed_wants_a_reason(released):
    from huoku.server.ledger.refusals import ReasonNeeded

    asked = {"id": released.id, "line": 2, "quantity": "21", "from_location": "STORAGE"}
    with pytest.raises(ReasonNeeded):
        released.say("issue_component", **asked)
    released.say("issue_component", **asked, reason="一块变形")
    assert released.at_work("PLATE") == 21


def test_a_kit_that_something_was_returned_from_is_not_complete_any_more(released):
    from huoku.server.documents.refusals import MoreThanAsked
    from huoku.server.production.refusals import KitIncomplete

    issue_all(released, released.id)
    assert released.order(released.id).state == "kitted"
    with pytest.raises(MoreThanAsked):
        released.say("return_component", id=released.id, line=1, quantity="81", to_location="STORAGE")
    told = released.say("return_component", id=released.id, line=1, quantity="8", to_location="SHELF2")
    assert told["state"] == "released"
    assert released.stock(released.items["SCREW"], "shelf 2") == (8, 0)
    with pytest.raises(KitIncomplete, match="8 pcs SCREW"):
        released.say("kit_order", id=released.id)
    assert released.is_well()


def test_nothing_is_made_of_materials_that_were_never_issued(released):
    from huoku.server.production.refusals import MaterialMissing

    released.say("issue_component", id=released.id, line=1, quantity="80", from_location="STORAGE")
    released.say("issue_component", id=released.id, line=2, quantity="5", from_location="STORAGE")
    released.say("report_operation", id=released.operation(released.id, 10).pk, good="6")
    with pytest.raises(MaterialMissing, match="6 pcs of PLATE"):
        released.say("report_operation", id=released.operation(released.id, 20).pk, good="6")
    released.say("report_operation", id=released.operation(released.id, 20).pk, good="5")
    assert (released.at_work("SCREW"), released.at_work("PLATE")) == (60, 0)
    assert released.stock(released.items["STAND"]) == (5, 0)
    assert released.is_well()


def test_what_was_really_used_is_consumed_where_somebody_says_so(released):
    issue_all(released, released.id)
    released.say("report_operation", id=released.operation(released.id, 10).pk)
    used = [{"line": 1, "quantity": "78"}]
    released.say("report_operation", id=released.operation(released.id, 20).pk, used=used)
    assert (released.at_work("SCREW"), released.at_work("PLATE")) == (2, 0)
    told = released.say("finish_order", id=released.id)
    assert told["left"] == ["2 pcs SCREW"]


def test_an_order_is_not_closed_over_what_lies_at_the_work_without_a_word(released):
    from huoku.server.ledger.refusals import ReasonNeeded
    from huoku.server.production.refusals import WorkInProgressLeft

    issue_all(released, released.id)
    report(released, released.id, good="10")
    with pytest.raises(ReasonNeeded):
        released.say("finish_order", id=released.id)
    told = released.say("finish_order", id=released.id, reason="客户减量")
    assert (told["short"], told["left"]) == ("10", ["40 pcs SCREW", "10 pcs PLATE"])
    with pytest.raises(WorkInProgressLeft):
        released.say("close_order", id=released.id)
    for line, quantity in ((1, "40"), (2, "10")):
        released.say("return_component", id=released.id, line=line, quantity=quantity, to_location="STORAGE")
    assert released.say("close_order", id=released.id)["left"] == []
    assert released.free(released.items["SCREW"]) == 160
    assert released.is_well()


def test_a_cancelled_order_gives_back_what_was_issued_and_kept(released):
    from huoku.server.production.models import PickList

    picks = released.say("make_pick_list", orders=[released.id])
    released.say("take_line", id=picks["id"], line=1)
    assert released.at_work("PLATE") == 20
    told = released.say("cancel_order", id=released.id, reason="客户取消", return_to="STORAGE")
    assert (told["state"], told["left"]) == ("cancelled", [])
    assert (released.free(released.items["PLATE"]), released.free(released.items["SCREW"])) == (50, 200)
    assert released.coming(released.id) == (0, 0)
    assert PickList.objects.of(released.company).get().state == "done"
    assert released.is_well()


def test_what_a_cancelled_order_leaves_at_the_work_is_told_to_the_store(released):
    issue_all(released, released.id)
    told = released.say("cancel_order", id=released.id, reason="客户取消")
    assert told["left"] == ["80 pcs SCREW", "20 pcs PLATE"]
    assert "80 pcs SCREW, 20 pcs PLATE" in released.tasks()["work_in_progress_left", "storekeeper"]
    assert released.at_work("SCREW") == 80
    assert released.is_well()


def test_what_is_backflushed_is_taken_from_beside_the_line_first_when_work_is_reported(stands):
    stands.move(stands.items["SCREW"], 30, "line_side", lot=stands.lot(stands.items["SCREW"], "S1"))
    id = stands.plan(qty="10", backflushed=["SCREW"])
    stands.say("release_order", id=id)
    assert sum(quantity for (code, _), quantity in stands.kept(id).items() if code == "SCREW") == 40
    picks = stands.say("make_pick_list", orders=[id])
    assert picks["lines"] == 1
    assert stands.say("take_line", id=picks["id"], line=1)["order"] == "kitted"
    report(stands, id)
    screws = stands.component(id, "SCREW")
    assert (screws.issued_steps, screws.consumed_steps) == (40, 40)
    everywhere = [stands.stock(stands.items["SCREW"], place)[0] for place in ("storage", "line_side")]
    assert sum(everywhere) == 160
    assert stands.is_well()


def test_a_rule_of_ones_own_says_what_a_report_takes(stands):
    """Screws are opened by boxes of fifty."""
    from dataclasses import replace

    from huoku.server.platform import hooks

    def by_the_box(at, request, lines):
        return [replace(line, steps=-(-line.steps // 50) * 50) for line in lines if line.component.item.code == "SCREW"]

    id = stands.plan(qty="10", backflushed=["SCREW", "PLATE"])
    stands.say("release_order", id=id)
    rule = hooks.DEDUCT.fill("production.report_operation", by_the_box)
    try:
        report(stands, id)
    finally:
        hooks.DEDUCT.empty("production.report_operation", rule)
    assert (stands.component(id, "SCREW").consumed_steps, stands.component(id, "PLATE").consumed_steps) == (50, 0)
    assert stands.stock(stands.items["SCREW"], "storage")[0] == 150
    assert stands.is_well()


def test_serial_numbers_are_named_one_for_each_piece_and_traced_to_their_lots(stands, company):
    from huoku.server.ledger.queries.trace import where_from
    from huoku.server.production.refusals import SerialsNeeded

    stands.item("ROBOT", kind="make", tracking="serial")
    stands.bill("ROBOT", ("SCREW", "3"))
    id = stands.plan("ROBOT", qty="2")
    stands.say("release_order", id=id)
    issue_all(stands, id)
    press = stands.operation(id).pk
    with pytest.raises(SerialsNeeded):
        stands.say("report_operation", id=press, serials=["R-1"])
    stands.say("report_operation", id=press, serials=["R-1", "R-2"])
    trace = where_from(company.pk, stands.lot(stands.items["ROBOT"], "R-2"))
    assert [(edge.document, edge.quantity) for edge in trace.edges] == [(f"production.order:{id}", 3)]
    assert stands.is_well()


def test_a_drum_that_an_earlier_report_opened_is_in_the_later_pieces_too(stands, company):
    from huoku.server.ledger.queries.trace import where_from

    stands.item("VASE", kind="make", tracking="lot")
    stands.item("PAINT", tracking="lot")
    stands.bill("VASE", ("PAINT", "1/10"))
    stands.receive(stands.items["PAINT"], 1, lot_code="D1")
    id = stands.plan("VASE", qty="10")
    stands.say("release_order", id=id)
    issue_all(stands, id)
    for lot in ("V1", "V2"):
        stands.say("report_operation", id=stands.operation(id).pk, good="5", lot=lot)
    later = where_from(company.pk, stands.lot(stands.items["VASE"], "V2"))
    assert {(node.item, node.lot) for node in later.lots if node.depth} == {("PAINT", "D1")}


def test_a_listed_substitute_is_issued_at_once_by_its_ratio(released):
    from huoku.server.documents.refusals import MoreThanAsked
    from huoku.server.items.commands.boms import AddSubstitute, add_substitute

    released.item("RIVET")
    released.receive(released.items["RIVET"], 100)
    released.do(add_substitute, AddSubstitute(item="SCREW", substitute="RIVET", ratio="1/2", parent="STAND"))
    asked = {"id": released.id, "line": 1, "substitute": "RIVET", "from_location": "STORAGE"}
    with pytest.raises(MoreThanAsked):
        released.say("issue_substitute", **asked, quantity="41")
    released.say("issue_substitute", **asked, quantity="10")
    screws = released.component(released.id, "SCREW")
    assert (screws.replaced_steps, screws.open_steps) == (20, 60)
    assert released.kept(released.id)["SCREW", "STORAGE"] == 60
    issue_all(released, released.id)
    report(released, released.id)
    assert (released.at_work("SCREW"), released.at_work("RIVET")) == (0, 0)
    assert released.is_well()


def test_a_listed_substitute_that_comes_back_leaves_the_need_open_again(released):
    from huoku.server.items.commands.boms import AddSubstitute, add_substitute

    released.item("RIVET")
    released.receive(released.items["RIVET"], 100)
    released.do(add_substitute, AddSubstitute(item="SCREW", substitute="RIVET"))
    asked = {"id": released.id, "line": 1, "substitute": "RIVET", "from_location": "STORAGE", "quantity": "10"}
    told = released.say("issue_substitute", **asked)
    assert released.component(released.id, "SCREW").open_steps == 70
    released.say("return_component", id=released.id, line=told["line"], quantity="10", to_location="STORAGE")
    assert released.component(released.id, "SCREW").open_steps == 80


def test_scrap_at_the_first_operation_uses_nothing_that_the_second_would_have_used(factory):
    factory.item("STAND", kind="make")
    factory.item("PLATE")
    factory.item("LABEL")
    factory.bill("STAND", ("PLATE", "1", {"operation": 10}), ("LABEL", "1", {"operation": 20}))
    factory.routing("STAND", (10, 0, 1), (20, 0, 1))
    for code in ("PLATE", "LABEL"):
        factory.receive(factory.items[code], 10)
    id = factory.plan(qty="10")
    factory.say("release_order", id=id)
    issue_all(factory, id)
    factory.say("report_operation", id=factory.operation(id, 10).pk, good="7", scrap="3", cause="压裂")
    factory.say("report_operation", id=factory.operation(id, 20).pk)
    assert (factory.at_work("PLATE"), factory.at_work("LABEL")) == (0, 3)
    assert factory.stock(factory.items["STAND"]) == (7, 0)


def test_two_orders_of_different_sites_are_not_picked_on_one_walk(stands):
    from huoku.server.platform.commands.companies import AddSite, add_site
    from huoku.server.production.refusals import DifferentSites

    stands.do(add_site, AddSite(code="EAST", name="东厂"))
    orders = [stands.plan(qty="1"), stands.plan(qty="1", site="EAST")]
    for id in orders:
        stands.say("release_order", id=id)
    with pytest.raises(DifferentSites):
        stands.say("make_pick_list", orders=orders)


def test_what_is_on_one_list_is_not_on_another(released):
    from huoku.server.production.refusals import NothingToPick

    picks = released.say("make_pick_list", orders=[released.id])
    with pytest.raises(NothingToPick):
        released.say("make_pick_list", orders=[released.id])
    released.say("cancel_pick_list", id=picks["id"])
    assert released.say("make_pick_list", orders=[released.id])["lines"] == 2


def test_a_line_may_be_taken_lot_by_lot(released):
    from huoku.server.production.refusals import LineEnded

    picks = released.say("make_pick_list", orders=[released.id])
    told = released.say("take_line", id=picks["id"], line=2, quantity="50", is_more_to_come=True)
    assert told["missing"] == "0"
    released.say("take_line", id=picks["id"], line=2)
    assert released.at_work("SCREW") == 80
    with pytest.raises(LineEnded):
        released.say("take_line", id=picks["id"], line=2)


def test_a_lot_that_is_kept_by_name_is_the_one_to_be_taken(stands):
    from huoku.server.production.queries.walk import walk

    stands.receive(stands.items["PLATE"], 20, lot_code="P2")
    stands.reserve(stands.items["PLATE"], 20, demand="sales.line:5", lot=stands.lot(stands.items["PLATE"], "P2"))
    id = stands.plan(qty="20", demand="sales.line:5")
    stands.say("release_order", id=id)
    picks = stands.say("make_pick_list", orders=[id])
    assert [stop.lots for stop in walk(stands.company.pk, picks["id"])] == [(("P2", 20),), (("S1", 80),)]
    issue_all_of(stands, picks)
    assert stands.component(id, "PLATE").issued_steps == 20
    assert stands.is_well()
