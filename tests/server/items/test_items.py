"""Items: counted in whole steps, classified, with further units that stay right when they change."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st


def row(model, pk, company):
    return model.objects.of(company).get(pk=pk)


def test_pieces_have_no_decimals_and_everything_else_has_three(do, company):
    from huoku.server.items.commands.items import add_item
    from huoku.server.items.models import Item

    units = {code: do(add_item, code=code, unit=code)["id"] for code in ("pcs", "kg")}
    assert {code: row(Item, pk, company).decimals for code, pk in units.items()} == {"pcs": 0, "kg": 3}


def test_a_quantity_is_kept_in_the_smallest_step_and_never_rounded(do, company):
    from huoku.server.items.commands.items import add_item, change_item
    from huoku.server.items.models import Item
    from huoku.server.platform.exact import NotWholeSteps

    wire = do(add_item, code="WIRE", unit="m", safety_stock="2.125", price="0.000001", setup_cost="12.30")["id"]
    kept = row(Item, wire, company)
    assert (kept.safety_stock_steps, kept.price_millionths, kept.setup_cost_minor) == (2125, 1, 1230)
    with pytest.raises(NotWholeSteps, match="3 digits"):
        do(change_item, id=wire, safety_stock="2.1255")


def test_a_change_leaves_alone_what_it_does_not_name(do, company):
    from huoku.server.items.commands.items import add_item, change_item
    from huoku.server.items.models import Item

    bolt = do(add_item, code="BOLT", name="螺栓", lead_time_days=9)["id"]
    do(change_item, id=bolt, name_en="bolt")
    kept = row(Item, bolt, company)
    assert (kept.name, kept.name_en, kept.lead_time_days, kept.version) == ("螺栓", "bolt", 9, 2)


def test_what_has_a_serial_number_is_counted_in_whole_pieces(do):
    from huoku.server.items.commands.items import SerialsAreWhole, add_item

    with pytest.raises(SerialsAreWhole):
        do(add_item, code="OIL", unit="l", tracking="serial")


def test_two_items_cannot_have_one_code(do, items):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform.kept import Taken

    items("BOLT")
    with pytest.raises(Taken, match="BOLT"):
        do(add_item, code="BOLT")


def test_classes_go_by_value_and_a_class_that_a_person_gave_stays(do, items, company):
    from huoku.server.items.commands.items import change_item, classify_items
    from huoku.server.items.models import Item

    *_, label = items("BOLT", "MOTOR", "NUT", "LABEL")
    do(change_item, id=label, abc_class="A")
    values = {"MOTOR": "800", "BOLT": "150", "NUT": "50", "LABEL": "0"}
    told = do(classify_items, values=[{"item": code, "value": value} for code, value in values.items()])
    classes = {item.code: item.abc_class for item in Item.objects.of(company)}
    assert classes == {"MOTOR": "A", "BOLT": "B", "NUT": "C", "LABEL": "A"} and told == {"changed": 3}
    do(change_item, id=label, abc_class=None)
    assert do(classify_items, values=[{"item": "MOTOR", "value": "1"}]) == {"changed": 2}


@given(st.dictionaries(st.text("ABCDEF", min_size=1, max_size=3), st.integers(0, 1000), min_size=1, max_size=12))
def test_the_a_items_are_the_fewest_that_make_up_four_fifths(values):
    from huoku.server.items.abc import abc_classes

    classes = abc_classes({item: Decimal(value) for item, value in values.items()})
    a_values = sorted(values[item] for item in values if classes[item] == "A")
    total = sum(values.values())
    assert sum(a_values) >= 0.8 * total or not total
    assert not a_values or sum(a_values[1:]) < 0.8 * total
    assert all(classes[item] == "C" for item, value in values.items() if not value)


def test_a_new_ratio_leaves_the_old_one_readable(do, items, company):
    from huoku.server.items.commands.items import set_item_unit
    from huoku.server.items.models import ItemUnit

    items("BOLT")
    for ratio in ("100", "1/3"):
        do(set_item_unit, item="BOLT", unit="box", ratio=ratio)
    editions = ItemUnit.objects.of(company).order_by("edition")
    found = [(each.edition, each.numerator, each.denominator, each.is_current) for each in editions]
    assert found == [(1, 100, 1, False), (2, 1, 3, True)]


def test_an_item_has_no_second_ratio_of_its_own_unit(do, items):
    from huoku.server.items.commands.items import OwnUnit, set_item_unit

    items("BOLT")
    with pytest.raises(OwnUnit):
        do(set_item_unit, item="BOLT", unit="pcs", ratio="1")


@pytest.mark.parametrize("ratio", ["0", "0/5", "1/0", "-1", "1e3", "1.2345678", "nan"])
def test_a_ratio_is_exact_and_above_zero(ratio):
    from pydantic import ValidationError

    from huoku.server.items.commands.items import SetItemUnit

    with pytest.raises(ValidationError):
        SetItemUnit(item="BOLT", unit="box", ratio=ratio)


@given(st.integers(-(10**17), 10**17), st.integers(0, 6))
def test_steps_and_decimals_are_two_ways_of_saying_one_thing(steps, digits):
    from huoku.server.platform.exact import plain, whole

    assert whole(Decimal(plain(steps, digits)), digits) == steps


def test_a_request_that_was_put_aside_is_the_same_when_it_is_taken_up_again():
    from huoku.server.items.commands.items import AddItem

    asked = AddItem(code="BOLT", price="1.250001", attributes={"torque": 2.5})
    assert AddItem.model_validate_json(asked.model_dump_json(exclude_unset=True)) == asked


def test_a_fault_in_one_place_changes_nothing_anywhere(do, items, company):
    from huoku.server.items.commands.items import classify_items
    from huoku.server.items.models import Item
    from huoku.server.platform.kept import Unknown

    items("BOLT")
    with pytest.raises(Unknown) as refused:
        do(classify_items, values=[{"item": "BOLT", "value": "1"}, {"item": "GHOST", "value": "1"}])
    assert refused.value.row == 1
    assert Item.objects.of(company).get().abc_class == ""
