"""A new code that differs from an existing one only in case, width or spaces is asked about, never made silently."""

import pytest
from tests.server.api.conftest import nobody_is_too_quick
from tests.server.shopfloor.conftest import Reader

__all__ = ["nobody_is_too_quick"]


@pytest.fixture
def shop(company, items):
    items("AB-1", "阀门（大）", "Ｍ６", "R 10")
    return company


def codes(company):
    from huoku.server.items.models import Item

    return sorted(Item.objects.of(company).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("new", "other"),
    [
        ("ab-1", "AB-1"),
        ("Ab-1", "AB-1"),
        ("ＡＢ－１", "AB-1"),
        ("ａb-1", "AB-1"),
        ("  ab-1 ", "AB-1"),
        ("阀门(大)", "阀门（大）"),
        ("M6", "Ｍ６"),
        ("m6", "Ｍ６"),
        ("R  10", "R 10"),
    ],
)
def test_what_is_the_same_to_the_eye_is_refused_with_the_code_that_is_there(shop, do, new, other):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform.alike import Alike

    before = codes(shop)
    with pytest.raises(Alike) as told:
        do(add_item, code=new)
    assert f"已有物料 {other}" in told.value.say("zh") and other in told.value.say("en")
    assert codes(shop) == before
    assert do(add_item, code=new, although_alike=True)["code"] == new.strip()


@pytest.mark.parametrize("new", ["AB-2", "AB1", "AB-11", "阀门(小)", "R10"])
def test_what_differs_otherwise_is_another_one(shop, do, new):
    from huoku.server.items.commands.items import add_item

    assert do(add_item, code=new)["code"] == new


def test_partners_machines_and_places_are_looked_at_alike(company, do):
    from huoku.server.items.commands.routing import add_resource
    from huoku.server.ledger.commands.places import add_location
    from huoku.server.partners.commands.partners import add_customer, add_supplier
    from huoku.server.platform.alike import Alike

    more = {add_resource: {"minutes_per_day": "480"}, add_location: {"kind": "storage"}}
    for command in (add_supplier, add_customer, add_resource, add_location):
        do(command, code="Acme-1", **more.get(command, {}))
        with pytest.raises(Alike):
            do(command, code="ACME-1", **more.get(command, {}))


def test_the_form_asks_only_then_whether_it_is_another_one(shop):
    engineer = Reader(shop, "engineer")
    assert "although_alike" not in engineer.read("/office/items/new")
    answer = engineer.client.post("/office/items/new", {"code": "ab-1", "unit": "pcs", "key": "one"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已有物料 AB-1" in page and "编码相近，仍要建" in page
    engineer.client.post("/office/items/new", {"code": "ab-1", "unit": "pcs", "key": "two", "although_alike": "on"})
    assert "ab-1" in codes(shop)


def test_pasted_rows_are_told_by_row_also_where_two_of_them_are_alike(shop, do):
    from huoku.server.office.commands.rows import RowsRefused, save_rows

    rows = [{"values": {"code": code}} for code in ("NEW-1", "ab-1", "new-1")]
    with pytest.raises(RowsRefused) as told:
        do(save_rows, table="items", rows=rows)
    assert [(each.row, each.field) for each in told.value.faults] == [(1, "code"), (2, "code")]
    assert "AB-1" in told.value.faults[0].zh and "NEW-1" in told.value.faults[1].zh
    assert "NEW-1" not in codes(shop)
