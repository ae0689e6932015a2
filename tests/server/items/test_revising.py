"""A new revision follows the old one on a day; a component is replaced in all bills, or in none."""

from datetime import date

import pytest

DAY = date(2026, 12, 1)


@pytest.fixture
def bills(do, items):
    """A lamp and a stand take screws: four and 3/2; the box takes none. Returns the ids of their bills."""
    from huoku.server.items.commands.boms import add_bom

    items("LAMP", "STAND", "BOX", "SCREW", "BOLT", "BULB")
    lines = {
        "LAMP": [{"component": "SCREW", "qty": "4", "scrap_rate": "0.5"}, {"component": "BULB", "qty": "1"}],
        "STAND": [{"component": "SCREW", "qty": "3/2"}],
        "BOX": [{"component": "BULB", "qty": "1"}],
    }
    names = {"LAMP": "A", "STAND": "09", "BOX": "A"}
    return {
        parent: do(add_bom, parent=parent, revision=names[parent], lines=lines[parent], valid_to=date(2030, 1, 1))["id"]
        for parent in lines
    }


def all_bills(company):
    from huoku.server.items.models import Bom

    return {
        (bom.parent.code, bom.revision, bom.valid_from, bom.valid_to): [
            (line.component.code, line.qty_numerator, line.qty_denominator, line.scrap_rate_millionths)
            for line in bom.lines.order_by("seq")
        ]
        for bom in Bom.objects.of(company).select_related("parent")
    }


def test_a_component_is_replaced_in_the_chosen_bills_from_a_day_on(bills, do, company):
    from huoku.server.items.commands.revising import replace_component

    chosen = [{"id": bills["LAMP"]}, {"id": bills["STAND"]}]
    do(replace_component, component="SCREW", substitute="BOLT", ratio="1/2", valid_from=DAY, boms=chosen)
    end, last = date(2026, 11, 30), date(2030, 1, 1)
    assert all_bills(company) == {
        ("LAMP", "A", None, end): [("SCREW", 4, 1, 500_000), ("BULB", 1, 1, 0)],
        ("LAMP", "B", DAY, last): [("BOLT", 2, 1, 500_000), ("BULB", 1, 1, 0)],
        ("STAND", "09", None, end): [("SCREW", 3, 2, 0)],
        ("STAND", "10", DAY, last): [("BOLT", 3, 4, 0)],
        ("BOX", "A", None, last): [("BULB", 1, 1, 0)],
    }


def test_where_one_bill_refuses_none_is_changed(bills, do, company):
    from huoku.server.items.commands.revising import replace_component
    from huoku.server.platform.refusals import Refused

    before = all_bills(company)
    for others, day, code in (
        ([{"id": bills["BOX"]}], DAY, "not_in_bill"),
        ([{"id": bills["STAND"], "version": 9}], DAY, "stale"),
        ([], date(2030, 1, 2), "begins_no_earlier"),
    ):
        with pytest.raises(Refused) as refused:
            asked = {"component": "SCREW", "substitute": "BOLT", "valid_from": day}
            do(replace_component, boms=[{"id": bills["LAMP"]}, *others], **asked)
        assert refused.value.code == code
        assert all_bills(company) == before


def test_a_second_revision_cannot_begin_on_the_day_of_the_first(bills, do):
    from huoku.server.items.commands.revising import BeginsNoEarlier, revise_bom

    lines = [{"component": "BULB", "qty": "2"}]
    new = do(revise_bom, id=bills["BOX"], valid_from=DAY, lines=lines)
    with pytest.raises(BeginsNoEarlier, match="B"):
        do(revise_bom, id=new["id"], valid_from=DAY, lines=lines)


def test_undoing_a_replacement_leaves_every_bill_as_it_was(bills, owner, company):
    from huoku.server.items.commands.revising import ReplaceComponent, replace_component
    from huoku.server.office.commands.undoing import Undo, undo
    from huoku.server.office.undoing.doing import key_of
    from huoku.server.platform.command import perform

    before = all_bills(company)
    chosen = [{"id": bills["LAMP"]}, {"id": bills["STAND"]}]
    asked = ReplaceComponent(component="SCREW", substitute="BOLT", valid_from=DAY, boms=chosen)
    perform(replace_component, asked, actor=owner, key="replaced")
    assert len(all_bills(company)) == 5
    perform(undo, Undo(key="replaced"), actor=owner, key=key_of("replaced"), reason="wrong screw")
    assert all_bills(company) == before


def test_a_revision_is_called_after_the_one_before_it():
    from huoku.server.items.revisions import next_revision

    assert next_revision("A", {"A"}) == "B"
    assert next_revision("A", {"A", "B", "C"}) == "D"
    assert next_revision("09", set()) == "10"
    assert next_revision("2026-9", {"2026-9", "2026-10"}) == "2026-11"
    assert next_revision("Rev.Z", {"Rev.Z"}) == "Rev.Z-2"
    assert next_revision("first", {"first", "first-2"}) == "first-3"


def test_two_revisions_differ_by_component(bills, do, company):
    from fractions import Fraction

    from huoku.server.items.commands.revising import revise_bom
    from huoku.server.items.revisions import differences, quantities

    lines = [{"component": "BOLT", "qty": "2"}, {"component": "SCREW", "qty": "3"}]
    new = do(revise_bom, id=bills["LAMP"], valid_from=DAY, revision="2026-12", lines=lines)
    found = [
        (each.component, each.before, each.after)
        for each in differences(*quantities(company.pk, bills["LAMP"], new["id"]))
    ]
    assert found == [("SCREW", Fraction(6), Fraction(3)), ("BULB", Fraction(1), None), ("BOLT", None, Fraction(2))]
