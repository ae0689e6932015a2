"""One cell that is wrong: every message names file, row, column and value, and says what would be right."""

import pytest

from huoku.errors import DataError
from huoku.factory import read

PLAIN = {
    "items": "item\nA\nB\n",
    "bom": "parent,component,qty\nA,B,1\n",
    "stock": "item,qty\nB,1\n",
    "demands": "demand,item,qty,due\nD,A,1,2026-02-01\n",
}

CASES = [
    # rule, table, text with the bad cell in row 3, column, value, cure in Chinese, cure in English
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,x1\n", "unit_cost", "x1", "请只写数字", "write digits alone"),
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,NaN\n", "unit_cost", "NaN", "请只写数字", "write digits alone"),
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,inf\n", "unit_cost", "inf", "请只写数字", "write digits alone"),
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,-Infinity\n", "unit_cost", "-Infinity", "请只写数字", "digits"),
    ("not_a_number", "items", 'item,unit_cost\nA,1\nB,"1,5"\n', "unit_cost", "1,5", "请只写数字", "write digits alone"),
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,5%\n", "unit_cost", "5%", "请只写数字", "write digits alone"),
    ("not_a_number", "items", "item,unit_cost\nA,1\nB,0x10\n", "unit_cost", "0x10", "请只写数字", "write digits alone"),
    ("too_small", "items", "item,unit_cost\nA,1\nB,-2\n", "unit_cost", "-2", "这里最小为 0", "the smallest here is 0"),
    (
        "too_large",
        "items",
        "item,unit_cost\nA,1\nB,1000000000001\n",
        "unit_cost",
        "1000000000001",
        "最大为",
        "largest here",
    ),
    ("too_large", "items", "item,unit_cost\nA,1\nB,1e300\n", "unit_cost", "1e300", "最大为", "largest here"),
    ("too_large", "items", "item,lead_time_days\nA,1\nB,36501\n", "lead_time_days", "36501", "36,500", "36,500"),
    ("not_whole", "items", "item,decimals\nA,1\nB,1.5\n", "decimals", "1.5", "请写整数", "write one, such as 5"),
    ("too_large", "items", "item,decimals\nA,1\nB,7\n", "decimals", "7", "这里最大为 6", "largest here is 6"),
    ("too_small", "items", "item,decimals\nA,1\nB,-1\n", "decimals", "-1", "这里最小为 0", "smallest here is 0"),
    ("too_small", "items", "item,lot_max\nA,1\nB,0\n", "lot_max", "0", "必须大于 0", "must be more than 0"),
    ("unknown_choice", "items", "item,kind\nA,buy\nB,bought\n", "kind", "bought", "make (自制)", "make (自制)"),
    ("unknown_choice", "items", "item,lifecycle\nA,\nB,dead\n", "lifecycle", "dead", "obsolete (停用)", "phase_out"),
    ("not_an_object", "items", 'item,attributes\nA,{}\nB,"[1]"\n', "attributes", "[1]", '{"颜色": "红"}', '{"colour"'),
    ("not_an_object", "items", "item,attributes\nA,{}\nB,{a:1}\n", "attributes", "{a:1}", "JSON", "JSON"),
    ("missing_cell", "items", "item,name\nA,x\n,y\nB,z\n", "item", "", "请填写", "fill it in"),
    ("control_character", "items", 'item,name\nA,x\n"B\tC",y\nB,z\n', "item", "B\tC", "请重新输入", "type it again"),
    ("too_large", "bom", "parent,component,qty,scrap_rate\nA,B,1,0\nA,B,1,10\n", "scrap_rate", "10", "0.05", "0.05"),
    (
        "too_small",
        "bom",
        "parent,component,qty\nA,B,1\nA,B,1e-7\n",
        "qty",
        "1e-7",
        "最小 0.000001",
        "0.000001 at least",
    ),
    ("too_small", "bom", "parent,component,qty\nA,B,1\nA,B,0\n", "qty", "0", "必须大于 0", "must be more than 0"),
    ("too_small", "bom", "parent,component,qty\nA,B,1\nA,B,-1\n", "qty", "-1", "必须大于 0", "must be more than 0"),
    ("too_small", "stock", "item,qty\nB,0\nB,-3\n", "qty", "-3", "这里最小为 0", "smallest here is 0"),
    ("not_a_date", "stock", "item,qty,expires_on\nB,1,\nB,1,soon\n", "expires_on", "soon", "2026-01-05", "2026-01-05"),
    (
        "no_such_day",
        "stock",
        "item,qty,expires_on\nB,1,\nB,1,2026-02-30\n",
        "expires_on",
        "2026-02-30",
        "改正",
        "correct",
    ),
    ("no_such_day", "stock", "item,qty,expires_on\nB,1,\nB,1,20261301\n", "expires_on", "20261301", "改正", "correct"),
    (
        "no_such_day",
        "stock",
        "item,qty,expires_on\nB,1,\nB,1,0000-01-01\n",
        "expires_on",
        "0000-01-01",
        "改正",
        "correct",
    ),
    (
        "too_small",
        "demands",
        "demand,item,qty,due\nD,A,1,2026-02-01\nE,A,0,2026-02-01\n",
        "qty",
        "0",
        "大于 0",
        "more than 0",
    ),
    ("missing_cell", "demands", "demand,item,qty,due\nD,A,1,2026-02-01\nE,A,1,\n", "due", "", "请填写", "fill it in"),
    (
        "too_small",
        "supplies",
        "supply,item,qty,due\nP,A,1,2026-02-01\nQ,A,0,2026-02-01\n",
        "qty",
        "0",
        "大于 0",
        "than 0",
    ),
    ("not_a_flag", "calendar", "date,open\n2026-01-06,1\n2026-01-07,2\n", "open", "2", "请写 1 或 0", "write 1 or 0"),
]


@pytest.mark.parametrize(("rule", "table", "text", "column", "value", "zh", "en"), CASES)
def test_a_bad_cell_is_named_with_its_place_and_its_cure(errors_of, rule, table, text, column, value, zh, en):
    (error,) = errors_of(**{**PLAIN, table: text})
    assert (error.severity, error.rule, error.table, error.file) == ("error", rule, table, f"{table}.csv")
    assert (error.row, error.column, error.value) == (3, column, value)
    assert error.text("zh").startswith(f"{table}.csv 第 3 行 列 {column}: ")
    assert error.text("en").startswith(f"{table}.csv row 3 column {column}: ")
    assert zh in error.text("zh")
    assert en in error.text("en")
    assert value in error.text("zh") or rule in ("control_character",)


def test_the_column_is_called_as_the_file_calls_it(errors_of):
    (error,) = errors_of(items="物料编码,单位成本\nA,一块\n")
    assert (error.column, error.value) == ("单位成本", "一块")


def test_a_text_of_ten_thousand_characters_passes_and_one_more_does_not(errors_of, factory_of):
    assert factory_of(items=f"item,name\nA,{'长' * 10_000}\n").items.height == 1
    (error,) = errors_of(items=f"item,name\nA,{'长' * 10_001}\n")
    assert (error.rule, error.row, error.column) == ("too_long", 2, "name")
    assert len(error.value) == 81 and error.value.endswith("…")
    assert "10,000" in error.text("zh") and "shorten" in error.text("en")


def test_deeply_nested_json_is_refused_and_does_no_harm(errors_of):
    deep = '{"a":' * 1_500 + "1" + "}" * 1_500
    (error,) = errors_of(items='item,attributes\nA,"' + ("[" * 9_000) + '"\n')
    assert error.rule == "not_an_object"
    assert errors_of(items='item,unit_cost,attributes\nA,x,"' + deep.replace('"', '""') + '"\n')


def test_a_row_with_more_cells_than_the_header_is_named(errors_of):
    (error,) = errors_of(stock="item,qty\nB,1\nB,1,234\n")
    assert (error.rule, error.file, error.row, error.value) == ("long_row", "stock.csv", 3, "234")
    assert "请加引号" in error.text("zh") and "quote cells that hold a comma" in error.text("en")


def test_a_quotation_mark_that_never_closes_is_named(errors_of):
    (error,) = errors_of(stock='item,qty,lot\nB,1,"L1\nB,2,L2\n')
    assert (error.rule, error.file) == ("broken_quotes", "stock.csv")
    assert "引号" in error.text("zh") and "quotation mark" in error.text("en")


def test_every_error_of_every_table_comes_at_once(errors_of):
    errors = errors_of(
        items="item,unit_cost\nA,x\nB,y\n",
        bom="parent,component,qty\nA,C,1\n",
        demands="demand,item,qty,due\nD,A,-1,tomorrow\nD,A,1,2026-02-01\n",
    )
    assert sorted((e.file, e.row, e.rule) for e in errors) == [
        ("bom.csv", 2, "unknown_code"),
        ("demands.csv", 2, "not_a_date"),
        ("demands.csv", 2, "too_small"),
        ("demands.csv", 3, "duplicate_key"),
        ("items.csv", 2, "not_a_number"),
        ("items.csv", 3, "not_a_number"),
    ]


def test_a_thousand_errors_are_kept_and_all_are_counted(folder):
    place = folder(items="item,unit_cost\n" + "".join(f"I{n},bad{n}\n" for n in range(2_500)))
    with pytest.raises(DataError) as caught:
        read(place)
    assert (len(caught.value.problems), caught.value.count) == (1_000, 2_500)
    assert caught.value.problems[999].row == 1_001
