"""Numbers as people write them into their lists: with days, pieces and money beside them."""

from datetime import date
from decimal import Decimal

import pytest

from huoku.factory.brought import Wish, bring
from huoku.factory.brought.files import BroughtFile

TODAY = date(2026, 11, 2)


def brought(text, **more):
    file = BroughtFile("list.csv", text.encode("utf-8-sig"))
    return bring([file], today=TODAY, wishes={"list.csv": Wish("items")}, **more)


def terms(days="5", moq="1", price="1", unit="PCS", **more):
    text = "物料编码,物料名称,计量单位,最小起订量,采购周期,采购单价,供应商\n" + ",".join(
        f'"{cell}"' for cell in ("A-1", "螺丝", unit, moq, days, price, "甲厂")
    )
    return brought(text + "\n", **more)


@pytest.mark.parametrize(
    ("written", "days"),
    [("12天", 12), ("7 天", 7), ("2周", 14), ("5 days", 5), ("1 Week", 7), ("１２日", 12), ("1.5 周", Decimal("10.5"))],
)
def test_days_and_weeks_are_calendar_days(written, days):
    found = terms(days=written)
    assert found.errors == () and found.factory.sources["lead_time_days"][0] == days
    assert found.factory.items["lead_time_days"][0] == days
    remarks = [remark.say("zh") for part in found.parts for remark in part.remarks]
    assert f"“采购周期”里有 1 格写了单位，按数字读，例如“{written}”读成 {days}" in remarks


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ({"moq": "100个"}, "moq", 100),
        ({"moq": "1,000 件"}, "moq", 1000),
        ({"moq": "1,000"}, "moq", 1000),
        ({"moq": "2.5 kg", "unit": "KG"}, "moq", Decimal("2.5")),
        ({"price": "¥3.50/pcs"}, "price", Decimal("3.5")),
        ({"price": "￥1,200.00"}, "price", 1200),
        ({"price": "3.5元/个"}, "price", Decimal("3.5")),
        ({"price": "RMB 3.5"}, "price", Decimal("3.5")),
    ],
)
def test_the_item_s_own_unit_and_the_money_of_the_books_are_left_off(cell, column, value):
    found = terms(**cell)
    assert found.errors == () and found.factory.sources[column][0] == value


@pytest.mark.parametrize(
    "cell",
    [
        *({"days": text} for text in ("5个工作日", "1个月", "约7天", "7-10天")),
        *({"moq": text} for text in ("2箱", "100个/箱", "5 kg")),
        {"moq": "100个", "unit": "KG"},
        *({"price": text} for text in ("$3.50", "3.5元/千个", "¥3.50/kg", "面议")),
    ],
)
def test_what_is_not_certain_is_told_once_with_its_cell_and_a_cure(cell):
    """The days of a list of items are those of the item and of its source: one cell, one fault."""
    found = terms(**cell)
    (fault,) = found.errors
    assert found.error_count == 1 and found.factory is None
    assert (fault.file, fault.row, fault.value) == ("list.csv", 2, next(iter(cell.values())))
    assert "请只写数字" in fault.text("zh") and "write digits alone" in fault.text("en")


def test_the_money_is_that_of_the_company():
    assert terms(price="$3.50", currency="USD").factory.sources["price"][0] == Decimal("3.5")
    assert terms(price="¥3.50", currency="USD").error_count == 1
