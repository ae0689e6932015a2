"""Labels: what stands on them, how many, and on which sheet; from a list, from a page, from a receipt."""

import re
from decimal import Decimal

import pytest
from tests.server.api.conftest import caller_of


@pytest.fixture
def desk(company):
    """Somebody at the desk, with two items and ten litres of milk in one lot."""
    call = caller_of(company, "owner")
    call.added("/items", code="MILK", name="牛奶", unit="L", tracking="lot")
    call.added("/items", code="BOLT", name="螺栓")
    for code, kind in (("SHELF", "storage"), ("OUTSIDE", "supplier")):
        call.added("/locations", code=code, kind=kind)
    line = {"kind": "receive", "item": "MILK", "quantity": "10", "from_location": "OUTSIDE", "to_location": "SHELF"}
    call.added("/movements", lines=[{**line, "lot": "L|7", "expires_on": "2099-01-31"}])
    return call


def page(desk, address):
    return desk.client.get(address).content.decode()


def test_labels_of_chosen_rows_are_asked_for_and_made(desk):
    ids = [row["id"] for row in desk.rows("/items?sort=id")]
    listed = page(desk, "/office/items/")
    assert 'formaction="/office/items/labels"' in listed and f'name="id" value="{ids[0]}"' in listed
    chosen = "&".join(f"id={each}" for each in ids)
    form = page(desk, f"/office/items/labels?{chosen}")
    assert "40 × 30" in form and "MILK" in form and "BOLT" in form
    made = page(desk, f"/office/items/labels?{chosen}&size=60x40&copies=3")
    assert made.count("<article") == 6 and made.count('<section class="sheet"') == 6
    assert "labels/60x40.css" in made and "牛奶" in made and "3 / 3" in made


def test_a_sheet_begins_at_the_first_free_place(desk):
    (milk,) = [row["id"] for row in desk.rows("/items?filter[code][eq]=MILK")]
    made = page(desk, f"/office/items/labels?id={milk}&size=a4&copies=24&start=5")
    sheets = made.split('<section class="sheet">')[1:]
    assert [sheet.count("<article") for sheet in sheets] == [20, 4]
    assert sheets[0].count('<div class="label"></div>') == 4


def test_the_code_of_a_box_says_item_lot_quantity_and_which_box(desk):
    (lot,) = [row["id"] for row in desk.rows("/lots")]
    made = page(desk, f"/office/lots/labels?id={lot}&size=40x30&copies=2&qty=2.5&words=en")
    codes = re.findall(r'alt="(HK1[^"]+)"', made)
    assert codes == [f"HK1|MILK|L%7C7|2.5|{lot}-1", f"HK1|MILK|L%7C7|2.5|{lot}-2"]
    assert "2099-01-31" in made and "1 / 2" in made


def test_what_is_no_goods_carries_its_address(desk):
    (shelf,) = [row["id"] for row in desk.rows("/locations?filter[code][eq]=SHELF")]
    made = page(desk, f"/office/locations/labels?id={shelf}&size=60x40")
    assert re.search(rf'alt="http://[^"]+/office/locations/{shelf}/"', made)


@pytest.mark.parametrize("asked", ["copies=0", "copies=many", "qty=-1", "qty=NaN", "copies=9999", "start=0"])
def test_wrong_numbers_are_said_on_the_form(desk, asked):
    (milk,) = [row["id"] for row in desk.rows("/items?filter[code][eq]=MILK")]
    answer = desk.client.get(f"/office/items/labels?id={milk}&size=a4&{asked}")
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_there_are_no_labels_of_nothing_of_strangers_or_of_what_has_none(desk):
    assert desk.client.get("/office/items/labels").status_code == 404
    assert desk.client.get("/office/items/labels?id=999999").status_code == 404
    assert desk.client.get("/office/movements/labels?id=1").status_code == 404


def test_labels_of_one_print_are_never_the_same_box():
    from huoku.server.office.labels import printed
    from huoku.server.platform.tables.table import Label

    about, row = Label("code", ("unit",), item="code"), {"id": 7, "code": "A%|B", "unit": ""}
    made = list(printed(about, row, "en", "", copies=3, quantity=Decimal("20")))
    assert [each.text for each in made] == [f"HK1|A%25%7CB||20|7-{number}" for number in (1, 2, 3)]
    assert made[0].lines == (("qty", "20"), ("box", "1 / 3"))
