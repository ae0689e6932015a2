"""What is wrong between rows and between tables."""

import pytest

ITEMS = "item\nA\nB\nC\n"
BOM = "parent,component,qty\nA,B,1\n"
SOURCES = "item,supplier,lead_time_days\nB,S,3\n"
DEMANDS = "demand,item,qty,due\nD,A,1,2026-02-01\n"
RESOURCES = "resource,minutes_per_day\nR,480\n"
PLAIN = {"items": ITEMS, "bom": BOM, "sources": SOURCES, "demands": DEMANDS, "resources": RESOURCES}


@pytest.mark.parametrize(
    ("table", "text", "column", "target"),
    [
        ("bom", "parent,component,qty\nX,B,1\n", "parent", "items"),
        ("bom", "parent,component,qty\nA,X,1\n", "component", "items"),
        ("sources", "item,supplier,lead_time_days\nX,S,3\n", "item", "items"),
        ("substitutes", "item,substitute\nX,B\n", "item", "items"),
        ("substitutes", "item,substitute\nB,X\n", "substitute", "items"),
        ("substitutes", "item,substitute,parent\nB,C,X\n", "parent", "items"),
        ("stock", "item,qty\nX,3\n", "item", "items"),
        ("supplies", "supply,item,qty,due\nP,X,3,2026-02-01\n", "item", "items"),
        ("demands", "demand,item,qty,due\nD,X,3,2026-02-01\n", "item", "items"),
        ("reservations", "demand,item,qty\nD,X,3\n", "item", "items"),
        ("reservations", "demand,item,qty\nX,B,3\n", "demand", "demands"),
        ("lanes", "from,to,item\nM,N,X\n", "item", "items"),
        ("operations", "parent,seq,resource\nX,10,R\n", "parent", "items"),
        ("operations", "parent,seq,resource\nA,10,X\n", "resource", "resources"),
        ("calendar", "date,open,resource\n2026-02-01,0,X\n", "resource", "resources"),
        ("history", "item,date,qty\nX,2025-02-01,3\n", "item", "items"),
    ],
)
def test_a_row_that_names_what_is_not_there(errors_of, table, text, column, target):
    (error,) = errors_of(**{**PLAIN, table: text})
    assert (error.rule, error.file, error.row, error.column, error.value) == (
        "unknown_code",
        f"{table}.csv",
        2,
        column,
        "X",
    )
    assert f"表（{target}）里没有“X”" in error.text("zh") and "请在那里加上" in error.text("zh")
    assert f"“X” is not in the table {target}; add it there" in error.text("en")


@pytest.mark.parametrize(("written", "meant"), [("12345", "0012345"), ("ab-1", "AB-1"), ("ＡＢ－１", "AB-1")])
def test_a_code_that_lost_its_zeros_or_its_case_is_recognised(errors_of, written, meant):
    (error,) = errors_of(items="item\n0012345\nAB-1\n", stock=f"item,qty\n{written},1\n")
    assert error.text("en").endswith(f"correct this code ({meant}?)")


@pytest.mark.parametrize(
    ("table", "text", "column", "value", "key"),
    [
        ("items", "item\nA\nB\nC\nA\n", "item", "A", "item"),
        ("sources", f"{SOURCES}C,S,3\nB,S2,3\nB,S,4\n", "item", "B", "item + supplier + valid_from"),
        ("demands", f"{DEMANDS}E,A,1,2026-02-01\nF,A,1,2026-02-01\nD,B,2,2026-02-02\n", "demand", "D", "demand"),
        (
            "supplies",
            "supply,item,qty,due\nP,B,1,2026-02-01\nQ,B,1,2026-02-01\nR,B,1,2026-02-01\nP,C,2,2026-02-02\n",
            "supply",
            "P",
            "supply",
        ),
        ("resources", f"{RESOURCES}Q,1\nP,1\nR,1\n", "resource", "R", "resource"),
        ("locations", "location\nM\nN\nO\nM\n", "location", "M", "location"),
        ("operations", "parent,seq,resource\nA,10,R\nA,20,R\nA,30,R\nA,10,R\n", "parent", "A", "parent + seq"),
        (
            "calendar",
            "date,open\n2026-02-01,0\n2026-02-02,0\n2026-02-03,0\n2026-02-01,1\n",
            "date",
            "2026-02-01",
            "date + resource + supplier",
        ),
        ("lanes", "from,to,item\nM,N,\nN,M,\nM,N,B\nM,N,\n", "from", "M", "from + to + item"),
        (
            "price_breaks",
            "item,supplier,min_qty,price\nB,S,1,9\nB,S,10,8\nB,S,20,7\nB,S,1,6\n",
            "item",
            "B",
            "item + supplier + min_qty",
        ),
    ],
)
def test_two_rows_with_one_key_are_both_named(errors_of, table, text, column, value, key):
    (error,) = errors_of(**{**PLAIN, table: text})
    assert (error.rule, error.file, error.row, error.column, error.value) == (
        "duplicate_key",
        f"{table}.csv",
        5,
        column,
        value,
    )
    assert f"第 2 行已经有同样的 {key}" in error.text("zh") and "请只留一行" in error.text("zh")
    assert f"row 2 has the same {key} already; keep one" in error.text("en")


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("bom", "parent,component,qty\nA,B,1\nA,B,1\n"),
        ("stock", "item,qty\nB,1\nB,1\n"),
        ("history", "item,date,qty\nB,2025-01-01,1\nB,2025-01-01,1\n"),
        ("sources", "item,supplier,lead_time_days,valid_from,valid_to\nB,S,3,,2026-01-31\nB,S,3,2026-02-01,\n"),
    ],
)
def test_rows_that_may_be_equal_are_no_error(factory_of, table, text):
    assert factory_of(**{**PLAIN, table: text}).table(table).height == 2


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("bom", "parent,component,qty,valid_from,valid_to\nA,B,1,2026-03-01,2026-02-28\n"),
        ("sources", "item,supplier,lead_time_days,valid_from,valid_to\nB,S,1,2026-03-01,2026-02-28\n"),
        ("substitutes", "item,substitute,valid_from,valid_to\nB,C,2026-03-01,2026-02-28\n"),
    ],
)
def test_a_validity_that_ends_before_it_begins(errors_of, table, text):
    (error,) = errors_of(**{**PLAIN, table: text})
    assert (error.rule, error.file, error.row, error.column, error.value) == (
        "backwards",
        f"{table}.csv",
        2,
        "valid_to",
        "2026-02-28",
    )
    assert "早于生效日期 2026-03-01；请改正" in error.text("zh")
    assert "before valid_from 2026-03-01; correct" in error.text("en")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (",2026-02-10", "2026-02-10,"),
        ("2026-01-01,2026-12-31", "2026-03-01,2026-03-31"),
        ("2026-01-01,", "2026-03-01,"),
    ],
)
def test_two_source_rows_of_one_supplier_must_not_overlap(errors_of, first, second):
    sources = f"item,supplier,lead_time_days,valid_from,valid_to\nB,S,3,{first}\nB,S2,3,,\nB,S,4,{second}\n"
    (error,) = errors_of(**{**PLAIN, "sources": sources})
    assert (error.rule, error.file, error.row, error.column) == ("overlap", "sources.csv", 4, "valid_from")
    assert error.value == second.split(",")[0]
    assert "和第 2 行" in error.text("zh") and "请改日期" in error.text("zh")
    assert "row 2 is the same supplier and item" in error.text("en") and "change the dates" in error.text("en")


def test_an_overlap_is_seen_across_a_row_between(errors_of):
    rows = ["2026-01-01,2026-12-31", "2026-02-01,2026-02-28", "2026-06-01,2026-06-30"]
    sources = "item,supplier,lead_time_days,valid_from,valid_to\n" + "".join(f"B,S,3,{row}\n" for row in rows)
    errors = errors_of(**{**PLAIN, "sources": sources})
    assert [(e.rule, e.row, e.fields["first"]) for e in errors] == [("overlap", 3, 2), ("overlap", 4, 2)]


def test_a_price_break_needs_its_source_row(errors_of):
    (error,) = errors_of(**PLAIN, price_breaks="item,supplier,min_qty,price\nB,S,1,9\nB,T,10,8\n")
    assert (error.rule, error.file, error.row, error.column, error.value) == (
        "no_source_row",
        "price_breaks.csv",
        3,
        "supplier",
        "T",
    )
    assert "货源表（sources）里没有 B 由“T”供货；请补上" in error.text("zh")
    assert "the table sources has no row of B from “T”; add it" in error.text("en")


def test_a_loop_in_the_bom_is_printed(errors_of):
    (error,) = errors_of(items=ITEMS, bom="parent,component,qty\nA,B,1\nB,C,1\nC,A,2\n")
    assert (error.rule, error.file, error.row, error.column, error.value) == (
        "bom_loop",
        "bom.csv",
        4,
        "component",
        "A",
    )
    assert "A -> B -> C -> A；请删掉其中一行" in error.text("zh")
    assert "A -> B -> C -> A; remove one of these lines" in error.text("en")


def test_an_item_that_contains_itself_is_a_loop(errors_of):
    (error,) = errors_of(items=ITEMS, bom="parent,component,qty\nA,B,1\nB,B,1\n")
    assert (error.row, error.fields["loop"]) == (3, "B -> B")


def test_two_loops_are_both_told(errors_of):
    errors = errors_of(
        items="item\nA\nB\nC\nD\nE\n", bom="parent,component,qty\nE,A,1\nE,C,1\nA,B,1\nB,A,1\nC,D,1\nD,C,1\nB,C,1\n"
    )
    assert {e.fields["loop"] for e in errors} == {"A -> B -> A", "C -> D -> C"}


def test_lot_rules_that_allow_no_lot(errors_of):
    errors = errors_of(items="item,lot_min,lot_multiple,lot_max\nA,10,,5\nB,0,10,9\nC,10,3,12\nD,11,3,11.5\n")
    assert [(e.rule, e.file, e.row, e.column) for e in errors] == [
        ("no_lot", "items.csv", 2, "lot_max"),
        ("no_lot", "items.csv", 3, "lot_max"),
        ("no_lot", "items.csv", 5, "lot_max"),
    ]
    assert "最小 10、倍数 0、最大 5；请改其中一个" in errors[0].text("zh")
    assert "at least 10, a multiple of 0, at most 5; change one" in errors[0].text("en")


def test_a_factory_without_items_is_told_where_they_go(errors_of):
    (error,) = errors_of(items="item\n")
    assert (error.rule, error.file, error.table) == ("no_items", "items.csv", "items")
    assert "至少写一行" in error.text("zh") and "write at least one row" in error.text("en")


def test_an_unreadable_items_table_is_told_once_and_not_once_per_row(errors_of):
    (error,) = errors_of(items=b"PK\x03\x04\x00\x00", stock="item,qty\nA,1\nB,1\n", bom=BOM)
    assert (error.rule, error.file) == ("no_table", "items.csv")
