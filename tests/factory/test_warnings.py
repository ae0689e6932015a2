"""What is legal but probably not meant."""

from decimal import Decimal

import pytest

TABLES = {
    "items": "item,unit_cost\nA,\nB,2\nC,2\n",
    "bom": "parent,component,qty\nA,B,3\n",
    "sources": "item,supplier,lead_time_days,moq\nB,S,3,30\nC,S,3,1\n",
    "demands": "demand,item,qty,due\nD,A,10,2026-02-01\n",
}


def test_a_sound_factory_has_no_warnings(warnings_of):
    assert warnings_of(**TABLES) == ()


CASES = [
    # rule, table, text, row, column, value, Chinese, English
    (
        "moq_below_multiple",
        "sources",
        "item,supplier,lead_time_days,moq,multiple\nB,S,3,5,10\n",
        (2, "moq", "5"),
        "小于整包量 10",
        "below the multiple 10",
    ),
    (
        "no_lead_time",
        "sources",
        "item,supplier,lead_time_days\nB,S,0\n",
        (2, "lead_time_days", "0"),
        "请确认",
        "is that meant?",
    ),
    (
        "moq_above_need",
        "sources",
        "item,supplier,lead_time_days,moq\nB,S,3,31\n",
        (2, "moq", "31"),
        "超过 B 一年的已知需求 30",
        "a year's known need of B, 30",
    ),
    (
        "no_price",
        "items",
        "item\nA\nB\nC\n",
        (2, "supplier", "S"),
        "B 由“S”供货没有价格",
        "B from “S” has no price",
    ),
    (
        "no_source",
        "sources",
        "item,supplier,lead_time_days\nC,S,3\n",
        (3, "item", "B"),
        "需求要用“B”，但没有货源",
        "demands need “B”, but no source sells it",
    ),
    (
        "lot_rules_ignored",
        "items",
        "item,unit_cost,lot_multiple\nA,,\nB,2,10\nC,2,\n",
        (3, "item", "B"),
        "请写在货源的起订量里",
        "use the MOQ of its source",
    ),
    (
        "much_scrap",
        "bom",
        "parent,component,qty,scrap_rate\nA,B,3,60%\n",
        (2, "scrap_rate", "60%"),
        "超过 50%",
        "is over 50 %",
    ),
    (
        "beyond_horizon",
        "demands",
        "demand,item,qty,due\nD,A,10,2026-02-01\nE,A,10,2027-01-06\n",
        (3, "due", "2027-01-06"),
        "晚于计划的最后一天 2027-01-05",
        "after the last day of the plan, 2027-01-05",
    ),
    (
        "overdue",
        "supplies",
        "supply,item,qty,due\nP,B,10,2026-01-04\n",
        (2, "due", "2026-01-04"),
        "早于今天 2026-01-05",
        "before today, 2026-01-05",
    ),
    (
        "planned_not_made",
        "supplies",
        "supply,item,qty,due,status\nP,B,10,2026-02-04,planned\n",
        (2, "status", "planned"),
        "不是生产单",
        "it is no make order",
    ),
    (
        "codes_alike",
        "items",
        "item,unit_cost\nA,\nB,2\nC,2\nｂ,3\n",
        (5, "item", "ｂ"),
        "和“B”只差大小写、全半角或空格",
        "differs from “B” only in case",
    ),
    (
        "phantom_without_bom",
        "items",
        "item,kind,unit_cost\nA,,\nB,,2\nC,phantom,2\n",
        (4, "item", "C"),
        "虚拟件“C”没有 BOM",
        "the phantom “C” has no BOM",
    ),
    (
        "made_without_bom",
        "items",
        "item,kind,unit_cost\nA,,\nB,,2\nC,make,2\n",
        (4, "item", "C"),
        "请补 BOM，或改为外购",
        "give it a BOM or let it be bought",
    ),
    (
        "looped_substitute",
        "substitutes",
        "item,substitute\nC,B\nB,A\n",
        (2, "substitute", "B"),
        "“B”和它代替的 C 在 BOM 里",
        "“B” and C, for which it stands in, are made of each other",
    ),
    (
        "two_ratios",
        "substitutes",
        "item,substitute,ratio,valid_to\nB,C,2,\nB,C,1,2026-03-01\n",
        (3, "ratio", "1"),
        "同一天有两个比例：1 和第 2 行的 2",
        "at two ratios, 1 and, in row 2, 2; on these days 2 counts",
    ),
    (
        "reserved_beyond_stock",
        "reservations",
        "demand,item,qty\nD,B,1\nD,B,1\n",
        (2, "qty", "1"),
        "B 在 MAIN 共预留 2，可用库存只有 0",
        "2 of B are reserved at MAIN, and only 0 is there and good",
    ),
    (
        "unlimited_resource",
        "operations",
        "parent,seq,resource\nA,10,R\n",
        (2, "resource", "R"),
        "按不限产能计算",
        "taken as unlimited",
    ),
    (
        "operations_ignored",
        "operations",
        "parent,seq,resource\nB,10,R\n",
        (2, "parent", "B"),
        "工序不起作用",
        "its operations are ignored",
    ),
    (
        "phantom_substitute",
        "items",
        "item,kind,unit_cost\nA,,\nB,,2\nC,phantom,2\n",
        (2, "substitute", "C"),
        "“C”或 B 是虚拟件",
        "“C” or B is a phantom",
    ),
]


@pytest.mark.parametrize(("rule", "table", "text", "place", "zh", "en"), CASES)
def test_what_is_doubtful_is_told_with_its_place(warnings_of, rule, table, text, place, zh, en):
    more = {"substitutes": "item,substitute\nB,C\n"} if rule == "phantom_substitute" else {}
    warnings = warnings_of(**{**TABLES, **more, table: text})
    found = [warning for warning in warnings if warning.rule == rule]
    assert found, [warning.rule for warning in warnings]
    first = found[0]
    assert first.severity == "warning"
    assert (first.row, first.column, first.value) == place
    assert zh in first.text("zh") and en in first.text("en")


@pytest.mark.parametrize(
    ("table", "text", "zh", "en"),
    [
        ("stock", "item,qty\nA,1.5\nB,1.25\n", "计划按 1.2 计算", "the plan counts 1.2:"),
        (
            "supplies",
            "supply,item,qty,due\nP,A,1.5,2026-02-01\nQ,B,1.25,2026-02-01\n",
            "计划按 1.2 计算",
            "the plan counts 1.2:",
        ),
        ("reservations", "demand,item,qty\nD,A,1.5\nD,B,1.25\n", "计划按 1.3 计算", "the plan counts 1.3:"),
        (
            "demands",
            "demand,item,qty,due\nD,A,1.5,2026-02-01\nE,B,1.25,2026-02-01\n",
            "无法如数交货，这个需求不承诺交期",
            "so much cannot be shipped, and the demand gets no promise:",
        ),
    ],
)
def test_a_quantity_finer_than_the_items_step_says_what_is_planned_and_both_cures(warnings_of, table, text, zh, en):
    demands = "demand,item,qty,due\nD,A,1,2026-02-01\n"
    warnings = warnings_of(**{"items": "item,unit,decimals\nA,kg,\nB,kg,1\n", "demands": demands, table: text})
    (warning,) = (warning for warning in warnings if warning.rule == "finer_than_step")
    assert (warning.severity, warning.file, warning.row) == ("warning", f"{table}.csv", 3)
    assert (warning.column, warning.value) == ("qty", "1.25")
    assert "B 的最小单位 0.1 还细" in warning.text("zh") and zh in warning.text("zh")
    assert "请把 items 表的 decimals 改大，或改数量" in warning.text("zh")
    assert "0.1, the smallest step of B" in warning.text("en") and en in warning.text("en")
    assert "raise decimals in the table items, or change the quantity" in warning.text("en")


def test_pieces_are_whole_and_other_units_have_three_digits(warnings_of):
    warnings = warnings_of(items="item,unit\nA,\nB,kg\n", stock="item,qty\nA,0.5\nB,0.125\nB,0.1255\n")
    told = [(w.row, w.fields["step"], w.fields["counted"]) for w in warnings if w.rule == "finer_than_step"]
    assert told == [(2, "1", "0"), (4, "0.001", "0.125")]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0.1234564", "0.123456"),
        ("0.1234565", "0.123457"),  # half up
        ("5.7857142857142865", "5.785714"),
        ("１.2345678", "1.234568"),
        ("1e-7", "0"),
    ],
)
def test_a_number_with_more_than_six_decimals_is_rounded_and_told(factory_of, written, kept):
    factory = factory_of(items=f"item,unit_cost\nA,1\nB,{written}\n")
    assert factory.items["unit_cost"].to_list() == [1, Decimal(kept)]
    (warning,) = factory.warnings
    assert (warning.rule, warning.file, warning.row, warning.column) == ("too_fine", "items.csv", 3, "unit_cost")
    assert warning.value == written
    assert f"按 {kept} 计算（四舍五入到 6 位）" in warning.text("zh")
    assert f"{kept} is used, rounded half up to 6" in warning.text("en")


def test_the_noise_of_binary_fractions_is_no_doubt(factory_of):
    factory = factory_of(items="item,unit_cost\nA,40.739999999999995\nB,0.30000000000000004\n")
    assert factory.items["unit_cost"].to_list() == [Decimal("40.74"), Decimal("0.3")]
    assert factory.warnings == ()


def test_an_amount_that_rounds_to_nothing_where_something_is_needed_is_still_an_error(errors_of):
    (error,) = errors_of(bom="parent,component,qty\nA,B,0.0000004\n")
    assert (error.rule, error.value) == ("too_small", "0.0000004")


def test_a_location_that_is_not_listed_where_locations_are(warnings_of):
    warnings = warnings_of(**TABLES, locations="location\nMAIN\n", stock="item,qty,location\nB,1,\nB,1,LINE\n")
    (warning,) = (warning for warning in warnings if warning.rule == "unlisted_location")
    assert (warning.file, warning.row, warning.value) == ("stock.csv", 3, "LINE")


def test_the_need_of_a_year_goes_through_every_level_with_scrap(warnings_of):
    warnings = warnings_of(
        items="item,unit_cost\nA,\nB,\nC,1\n",
        bom="parent,component,qty,scrap_rate\nA,B,2,\nB,C,3,0.5\n",
        demands="demand,item,qty,due\nD,A,10,2026-02-01\nE,B,5,2026-03-01\n",
        sources="item,supplier,lead_time_days,moq\nC,S,1,112\nC,T,1,113\n",
    )
    (warning,) = (warning for warning in warnings if warning.rule == "moq_above_need")
    assert (warning.row, warning.fields["need"]) == (3, "112.5")


def test_an_item_nobody_needs_gives_no_warning_about_its_moq(warnings_of):
    assert warnings_of(**{**TABLES, "sources": "item,supplier,lead_time_days,moq\nB,S,3,30\nC,S,3,9999\n"}) == ()


def test_a_thousand_warnings_are_kept_and_all_are_counted(factory_of):
    late = "demand,item,qty,due\n" + "".join(f"D{n},A,1,2030-01-01\n" for n in range(1_200))
    factory = factory_of(**{**TABLES, "demands": late})
    assert len(factory.warnings) == 1_000
    assert factory.warning_count == 1_200


def test_a_lane_to_a_place_that_is_not_listed_is_doubtful(warnings_of):
    warnings = warnings_of(**TABLES, locations="location\nMAIN\n", lanes="from,to\nMAIN,WEST\n")
    told = [(w.table, w.column, w.value) for w in warnings if w.rule == "unlisted_location"]
    assert told == [("lanes", "to", "WEST")]


def test_a_named_lot_of_which_more_is_reserved_than_it_has_is_doubtful(warnings_of):
    warnings = warnings_of(
        **TABLES,
        stock="item,qty,lot\nB,5,L1\nB,9,L2\n",
        reservations="demand,item,qty,lot\nD,B,6,L1\n",
    )
    (warning,) = (w for w in warnings if w.rule == "reserved_beyond_stock")
    assert (warning.row, warning.fields["reserved"], warning.fields["there"]) == (2, "6", "5")


def test_a_part_for_a_later_operation_is_taken_on_the_first_day_and_check_says_so(factory_of):
    factory = factory_of(
        bom="parent,component,qty,operation\nA,B,1,20\n",
        operations="parent,seq,resource\nA,10,R\nA,20,R\n",
        resources="resource,minutes_per_day\nR,480\n",
    )
    assert [(told.rule, told.table, told.row) for told in factory.warnings if told.rule == "taken_at_start"] == [
        ("taken_at_start", "bom", 2)
    ]


@pytest.mark.parametrize(
    "rows",
    ["B,C,2,,2026-02-28\nB,C,1,2026-03-01,\n", "B,C,2,,\nB,C,2,,2026-03-01\n"],
    ids=["one after the other", "the same ratio"],
)
def test_ratios_that_do_not_contradict_each_other_are_no_doubt(warnings_of, rows):
    warnings = warnings_of(**TABLES, substitutes=f"item,substitute,ratio,valid_from,valid_to\n{rows}")
    assert [warning for warning in warnings if warning.rule == "two_ratios"] == []
