"""What was picked by mistake goes back to its place, and the book says both."""

import pytest


@pytest.fixture
def walk(stands):
    """A list for an order of 20 stands: line 1 is 20 plates, line 2 is 80 screws, both in STORAGE."""
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    stands.picks = stands.say("make_pick_list", orders=[stands.id])["id"]
    return stands


def lines(factory):
    from huoku.server.production.models import PickLine

    rows = PickLine.objects.of(factory.company).filter(pick_list=factory.picks).order_by("seq")
    return [(row.component.item.code, row.asked_steps, row.taken_steps, row.state) for row in rows]


def put_back(factory, line, **fields):
    return factory.say("put_back_line", id=factory.picks, line=line, **{"reason": "拿错了", **fields})


def test_what_is_put_back_lies_at_its_place_and_is_to_be_fetched_again(walk):
    from huoku.server.ledger.models import Movement

    walk.say("take_line", id=walk.picks, line=2)
    assert put_back(walk, 2)["quantity"] == "80"
    assert (walk.stock(walk.items["SCREW"]), walk.at_work("SCREW")) == ((200, 80), 0)
    assert walk.kept(walk.id) == {("SCREW", "STORAGE"): 80, ("PLATE", "STORAGE"): 20}
    assert lines(walk) == [("PLATE", 20, 0, "open"), ("SCREW", 80, 80, "put_back"), ("SCREW", 80, 0, "open")]
    issued, back = Movement.objects.of(walk.company).filter(kind="issue").order_by("seq")
    assert (back.reverses_id, back.reason) == (issued.pk, "拿错了")
    walk.say("take_line", id=walk.picks, line=3)
    walk.say("take_line", id=walk.picks, line=1)
    assert walk.order(walk.id).state == "kitted"
    assert walk.is_well()


def test_what_of_a_line_was_taken_first_goes_back_and_the_rest_stays_to_be_fetched(walk):
    walk.say("take_line", id=walk.picks, line=2, quantity="30", is_more_to_come=True)
    put_back(walk, 2)
    assert lines(walk)[1:] == [("SCREW", 50, 0, "open"), ("SCREW", 30, 0, "open")]
    assert walk.is_well()


def test_a_kit_that_something_was_put_back_from_is_not_complete_and_the_next_list_has_it(walk):
    from huoku.server.production.queries.to_pick import to_pick

    for line in (1, 2):
        walk.say("take_line", id=walk.picks, line=line)
    assert walk.order(walk.id).state == "kitted" and to_pick(walk.actor) == []
    put_back(walk, 1)
    assert walk.order(walk.id).state == "released"
    (again,) = to_pick(walk.actor)
    assert (again.number, again.items) == ("WO-2026-00001", 1)
    assert walk.say("make_pick_list", orders=[walk.id])["lines"] == 1


def test_what_is_put_back_beyond_the_need_is_free(walk):
    """The order is for 10 stands now: of 80 screws at the work it needs 40."""
    walk.say("take_line", id=walk.picks, line=2)
    walk.say("change_order", id=walk.id, qty="10")
    put_back(walk, 2)
    assert walk.stock(walk.items["SCREW"]) == (200, 40)
    assert lines(walk)[-1] == ("SCREW", 40, 0, "open")
    assert walk.is_well()


def test_what_was_used_meanwhile_cannot_be_put_back(walk):
    from huoku.server.ledger.refusals import InsufficientStock

    for line in (1, 2):
        walk.say("take_line", id=walk.picks, line=line)
    for seq in (10, 20):
        walk.say("report_operation", id=walk.operation(walk.id, seq).pk, good="5")
    with pytest.raises(InsufficientStock):
        put_back(walk, 2)
    assert walk.at_work("SCREW") == 60 and walk.is_well()


def test_nothing_is_put_back_twice_or_without_a_reason_or_that_was_never_taken(walk):
    from huoku.server.ledger.refusals import ReasonNeeded
    from huoku.server.production.refusals import NothingTaken

    with pytest.raises(NothingTaken):
        put_back(walk, 1)
    walk.say("take_line", id=walk.picks, line=1)
    with pytest.raises(ReasonNeeded):
        put_back(walk, 1, reason="")
    put_back(walk, 1)
    with pytest.raises(NothingTaken):
        put_back(walk, 1)


def test_a_line_that_its_order_does_not_need_any_more_is_told_so_and_dropped(walk):
    """The 20 plates are issued without the walk: nothing of them is kept for its line any more."""
    from huoku.server.production.queries.walk import walk as walked

    walk.say("issue_component", id=walk.id, line=2, quantity="20", from_location="STORAGE")
    assert [(stop.item, stop.open_steps) for stop in walked(walk.company.pk, walk.picks)] == [
        ("PLATE", 0),
        ("SCREW", 80),
    ]
    walk.say("take_line", id=walk.picks, line=1)
    assert lines(walk)[0] == ("PLATE", 20, 0, "dropped")
