"""Kitting: what each order has, lacks and waits for, in three orders of service."""

import pytest


def kits(factory, service="start", orders=None):
    from huoku.server.production.queries.kitting import kitting

    return kitting(factory.actor, service, orders)


def lines(kit):
    return {line.item: line for line in kit.lines}


@pytest.fixture
def three(stands):
    """200 screws and 50 plates; three orders of 20 stands each take 80 and 20. They start in the order A, B, C, are
    due in the order B, C, A, and C is the most urgent."""
    days = {"A": ("2026-12-01", "2026-12-30"), "B": ("2026-12-02", "2026-12-10"), "C": ("2026-12-03", "2026-12-20")}
    stands.orders = {
        name: stands.plan(qty="20", start_on=start, due_on=due, priority=1 if name == "C" else 3, note=name)
        for name, (start, due) in days.items()
    }
    return stands


@pytest.mark.parametrize(
    ("service", "complete", "part"), [("start", "AB", "C"), ("finish", "BC", "A"), ("priority", "CB", "A")]
)
def test_who_is_served_first_has_its_kit_and_the_last_builds_a_part(three, service, complete, part):
    names = {id: name for name, id in three.orders.items()}
    told = kits(three, service)
    assert "".join(names[kit.order] for kit in told.kits if kit.is_complete) == complete
    assert told.possible == 2
    last = told.kits[-1]
    # 40 screws and 10 plates are left: 10 stands.
    assert (names[last.order], last.buildable) == (part, 10)
    assert (lines(last)["SCREW"].missing, lines(last)["PLATE"].missing) == (40, 10)


def test_what_is_kept_for_an_order_is_its_own_whoever_is_served_first(three):
    three.say("release_order", id=three.orders["C"])
    told = kits(three)
    by_name = dict(zip("ABC", told.kits, strict=True))
    assert [by_name[name].is_complete for name in "ABC"] == [True, False, True]
    screws = lines(by_name["B"])["SCREW"]
    assert (screws.on_hand, screws.reserved, screws.missing) == (40, 0, 40)
    assert screws.others == {f"production.order:{three.orders['C']}": 80}
    assert lines(by_name["C"])["SCREW"].reserved == 80


def test_what_is_on_order_is_named_with_its_day_in_time_or_late(three):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply

    for supply, quantity, on in (("purchasing.line:1", 30, "2026-12-03"), ("purchasing.line:2", 30, "2026-12-04")):
        stated = {"supply": supply, "item": three.items["SCREW"], "location": three.shelf}
        three.do(state_supply, StateSupply(**stated, quantity=quantity, expected_on=on))
    screws = lines(kits(three).kits[-1])["SCREW"]
    assert [(each.name, each.quantity) for each in screws.arriving] == [("purchasing.line:1", 30)]
    assert [(each.name, each.quantity) for each in screws.late] == [("purchasing.line:2", 10)]
    assert (screws.missing, screws.short) == (40, 10)


def test_the_critical_component_suffices_for_the_fewest_and_of_those_comes_last(three):
    """Of the third order 10 plates and 40 screws are here, each for 10 stands. 40 screws come on the 5th, the plates
    nobody knows when; once they come on the 4th, it waits for the screws."""
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply

    def coming(item, quantity, on):
        stated = {"supply": f"purchasing.line:{item}", "item": three.items[item], "location": three.shelf}
        three.do(state_supply, StateSupply(**stated, quantity=quantity, expected_on=on))
        return kits(three).kits[-1]

    last = coming("SCREW", 40, "2026-12-05")
    assert (last.critical.item, last.complete_on, last.rate) == ("PLATE", None, 0)
    assert (lines(last)["PLATE"].uncovered, lines(last)["SCREW"].uncovered) == (10, 0)
    last = coming("PLATE", 10, "2026-12-04")
    assert (last.critical.item, str(last.complete_on)) == ("SCREW", "2026-12-05")
    first = kits(three).kits[0]
    assert (first.critical, first.complete_on, first.rate, first.is_complete) == (None, None, 1, True)


def test_who_looks_at_a_part_of_the_orders_sees_them_as_they_were_served_among_all(three):
    from datetime import date

    from huoku.server.production.kits import Choice, chosen

    told = kits(three)
    last = chosen(told, Choice(start_from=date(2026, 12, 3)))
    assert ([kit.buildable for kit in last.kits], last.possible, last.rate) == ([10], 0, 0)
    assert [kit.order for kit in chosen(told, Choice(start_until=date(2026, 12, 1))).kits] == [three.orders["A"]]
    assert chosen(told, Choice(site="EAST")).kits == () and chosen(told, Choice()) == told


def test_what_lies_at_another_site_is_to_be_transferred_and_taken_last(factory):
    from huoku.server.ledger.commands.places import AddLocation, add_location
    from huoku.server.platform.commands.companies import AddSite, add_site

    sites = {code: factory.do(add_site, AddSite(code=code, name=code))["id"] for code in ("EAST", "WEST")}
    for code, site in sites.items():
        asked = AddLocation(code=code, kind="storage", site=site)
        factory.places[code] = factory.do(add_location, asked)["id"]
    factory.item("STAND", kind="make")
    factory.item("PLATE")
    factory.bill("STAND", ("PLATE", "1"))
    for place, quantity in (("WEST", 100), ("EAST", 6)):
        factory.record(factory.line("receive", factory.items["PLATE"], quantity, "supplier", place))
    factory.plan(qty="10", site="EAST")
    (kit,) = kits(factory).kits
    plates = lines(kit)["PLATE"]
    assert (plates.on_hand, plates.elsewhere, kit.is_complete) == (10, 4, True)


def test_a_substitute_is_named_with_what_of_it_is_free(three):
    from huoku.server.items.commands.boms import AddSubstitute, add_substitute

    three.item("RIVET")
    three.receive(three.items["RIVET"], 33)
    three.do(add_substitute, AddSubstitute(item="SCREW", substitute="RIVET", ratio="2"))
    first, *_, last = kits(three).kits
    assert lines(first)["SCREW"].substitutes == ()
    (rivet,) = lines(last)["SCREW"].substitutes
    assert (rivet.item, rivet.ratio, rivet.free) == ("RIVET", 2, 33)


def test_an_order_under_way_counts_what_it_has_already(three):
    id = three.orders["A"]
    three.say("release_order", id=id)
    three.say("issue_component", id=id, line=1, quantity="80", from_location="STORAGE")
    three.say("issue_component", id=id, line=2, quantity="12", from_location="STORAGE")
    for seq in (10, 20):
        three.say("report_operation", id=three.operation(id, seq).pk, good="5")
    (kit,) = kits(three, orders=[id]).kits
    assert (lines(kit)["PLATE"].issued, lines(kit)["PLATE"].on_hand, kit.is_complete) == (12, 8, True)
    assert (kit.open, kit.buildable) == (15, 15)


def test_what_was_not_found_is_not_counted_upon(three):
    id = three.orders["A"]
    three.say("release_order", id=id)
    picks = three.say("make_pick_list", orders=[id])
    three.say("take_line", id=picks["id"], line=2, quantity="0", reason="空的")
    screws = lines(kits(three, orders=[id]).kits[0])["SCREW"]
    assert (screws.on_hand, screws.missing) == (0, 80)


def test_who_is_limited_to_a_site_sees_the_orders_of_that_site(three):
    from dataclasses import replace

    from huoku.server.platform.commands.companies import AddSite, add_site
    from huoku.server.production.queries.kitting import kitting

    east = three.do(add_site, AddSite(code="EAST", name="东厂"))["id"]
    west = three.do(add_site, AddSite(code="WEST", name="西厂"))["id"]
    three.plan(qty="1", site="EAST")
    assert len(kitting(replace(three.actor, sites=frozenset({east}))).kits) == 4
    assert len(kitting(replace(three.actor, sites=frozenset({west}))).kits) == 3


def test_an_order_that_was_taken_over_and_lacks_something_can_build_nothing(stands, owner):
    """It takes so much once, however many are made: with 200 of 300 screws not even the first."""
    from huoku.server.production.queries.kitting import kitting

    order = stands.plan()
    stands.say("take_over_order", id=order, takes=[{"item": "SCREW", "qty": "300"}])
    (kit,) = kitting(owner).kits
    assert (kit.lines[0].missing, kit.buildable) == (100, 0)
