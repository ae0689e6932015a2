"""What goes to a customer or a supplier: who writes to whom, what it comes to, and nothing of our own affairs."""

import re

import pytest


@pytest.fixture
def printed(world):
    def read(table):
        world.owner.client.cookies["django_language"] = "zh-hans"
        address = f"/office/{table}/{world.ids[table]}/print"
        return " ".join(world.owner.client.get(address).content.decode().split())

    return read


def test_an_order_to_a_supplier_says_what_it_comes_to_in_figures_and_in_words(printed, world):
    page = printed("purchase_orders")
    assert "采购订单" in page and "供方" in page and "供方确认（签字盖章）" in page
    total = re.search(r'<td class="n"><b>([\d,.]+)</b></td></tr></tfoot>', page)
    order = world.owner.get(f"/purchase_orders/{world.ids['purchase_orders']}").json()
    assert total and float(total[1].replace(",", "")) == float(order["amount"])
    assert ("大写：" in page) == (order["currency"] == "CNY")


def test_a_paper_for_others_says_nothing_of_tolerances_rates_and_what_is_late(printed):
    page = printed("purchase_orders")
    assert not any(words in page for words in ("超收容差", "汇率", "还缺", "晚 ", "最近交期", "申请"))


def test_a_delivery_note_has_no_prices_and_a_place_for_the_receiver(printed):
    page = printed("shipments")
    assert "送货单" in page and "收货单位" in page and "收货人（签收）" in page
    assert "单价" not in page and "合计" not in page


def test_what_stays_in_the_house_is_printed_as_its_page_tells(printed):
    assert "制单" in printed("work_orders")
