"""Money written out on Chinese papers: every nought where an accountant writes one."""

from decimal import Decimal

import pytest

from huoku.report.in_words import amount_in_chinese


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("10", "壹拾元整"),
        ("305.07", "叁佰零伍元零柒分"),
        ("612", "陆佰壹拾贰元整"),
        ("1000.30", "壹仟元叁角整"),
        ("10500.30", "壹万零伍佰元叁角整"),
        ("44500", "肆万肆仟伍佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("1002003004.56", "壹拾亿零贰佰万叁仟零肆元伍角陆分"),
        ("20050000.10", "贰仟零伍万元壹角整"),
        ("0.995", "壹元整"),
    ],
)
def test_an_amount_is_written_out(amount, written):
    assert amount_in_chinese(Decimal(amount)) == written


def test_what_is_owed_the_other_way_is_not_written_out():
    with pytest.raises(ValueError, match="-1"):
        amount_in_chinese(Decimal(-1))
