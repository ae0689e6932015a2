"""The rules between rows and between tables: what cannot be planned as it is."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from huoku.errors import SHOWN
from huoku.factory.bom import loops, tree
from huoku.factory.contract import plain
from huoku.factory.doubts import doubt
from huoku.factory.facts import millionths
from huoku.factory.findings import Findings
from huoku.factory.inputs import TABLES
from huoku.factory.settings import Settings
from huoku.factory.sheet import Sheet
from huoku.language import Sentence

Sheets = Mapping[str, Sheet]

REFERENCES = (
    ("bom", "parent", "items"),
    ("bom", "component", "items"),
    ("sources", "item", "items"),
    ("price_breaks", "item", "items"),
    ("substitutes", "item", "items"),
    ("substitutes", "substitute", "items"),
    ("substitutes", "parent", "items"),
    ("stock", "item", "items"),
    ("supplies", "item", "items"),
    ("demands", "item", "items"),
    ("reservations", "item", "items"),
    ("reservations", "demand", "demands"),
    ("lanes", "item", "items"),
    ("operations", "parent", "items"),
    ("operations", "resource", "resources"),
    ("fixed_work", "supply", "supplies"),
    ("fixed_work", "resource", "resources"),
    ("calendar", "resource", "resources"),
    ("history", "item", "items"),
    ("outlets", "item", "items"),
    ("disposals", "item", "items"),
)
"""Which column names a row of which table."""

NAMED_BY = {"items": "item", "demands": "demand", "supplies": "supply", "resources": "resource"}
DATED = ("bom", "sources", "substitutes")
LONGEST_LOOP = 50

NO_ITEMS = Sentence(
    "没有物料；请在 items 表里至少写一行（items.csv、items.parquet 或工作表 items / 物料）",
    "there are no items; write at least one row into the table items (items.csv, items.parquet or the sheet items)",
)
UNKNOWN = Sentence(
    "{target_zh}表（{target}）里没有“{value}”；请在那里加上，或改正这个编码{hint}",
    "“{value}” is not in the table {target}; add it there or correct this code{hint}",
)
DUPLICATE = Sentence(
    "第 {first} 行已经有同样的 {key}；请只留一行",
    "row {first} has the same {key} already; keep one of the two rows",
)
OVERLAP = Sentence(
    "和第 {first} 行是同一供应商、同一物料，有效期重叠；请改日期",
    "row {first} is the same supplier and item, and their validity overlaps; change the dates",
)
NO_SOURCE_ROW = Sentence(
    "货源表（sources）里没有 {item} 由“{value}”供货；请补上货源行或删掉这个阶梯",
    "the table sources has no row of {item} from “{value}”; add it or remove this price break",
)
BACKWARDS = Sentence(
    "失效日期 {value} 早于生效日期 {begins}；请改正其中一个",
    "{value} lies before valid_from {begins}; correct one of the two",
)
LOOP = Sentence(
    "BOM 成环：{loop}；请删掉其中一行",
    "the BOM runs in a circle: {loop}; remove one of these lines",
)
NO_LOT = Sentence(
    "{item} 没有任何可行批量：最小 {least}、倍数 {multiple}、最大 {value}；请改其中一个",
    "no lot of {item} is possible: at least {least}, a multiple of {multiple}, at most {value}; change one of them",
)


def check(sheets: Sheets, settings: Settings, findings: Findings) -> None:
    """Tell every error; where there is none, every doubt."""
    _items(sheets, findings)
    _references(sheets, findings)
    for sheet in sheets.values():
        _keys(sheet, findings)
    for name in DATED:
        _validity(sheets[name], findings)
    _overlaps(sheets["sources"], findings)
    _price_breaks(sheets, findings)
    _lots(sheets["items"], findings)
    _loops(sheets, findings)
    if not findings.errors:
        doubt(sheets, settings, findings)


def _told(table: str, findings: Findings) -> bool:
    """Was a whole table lost already? Then what refers to it needs no second message."""
    return any(problem.table == table and problem.row is None for problem in findings.errors)


def _items(sheets: Sheets, findings: Findings) -> None:
    items = sheets["items"]
    if not items.frame.height and not _told("items", findings):
        findings.error("no_items", NO_ITEMS, file=items.file, table="items")


def _references(sheets: Sheets, findings: Findings) -> None:
    for name, column, target in REFERENCES:
        sheet, there = sheets[name], sheets[target].frame[NAMED_BY[target]]
        if not sheet.frame.height or (there.is_empty() and (target != "demands" or _told(target, findings))):
            continue
        named = sheet.frame[column]
        unknown = named.is_not_null() & ~named.is_in(there.implode())
        if unknown.any():
            hints = _hints(named.filter(unknown).head(SHOWN), there)
            called = {"target": target, "target_zh": TABLES[target].zh}
            findings.cells("error", "unknown_code", UNKNOWN, sheet, column, unknown, {"hint": hints}, **called)


def _hints(unknown: pl.Series, known: pl.Series) -> list[str]:
    """The code that was probably meant: the same but for case, width, hyphens or lost leading zeros."""
    alike = {_bare(code): code for code in known.drop_nulls().to_list()}
    return [f" ({alike[_bare(code)]}?)" if _bare(code) in alike else "" for code in unknown.to_list()]


def _bare(code: str) -> str:
    return plain(code).replace("_", "").lstrip("0")


def _keys(sheet: Sheet, findings: Findings) -> None:
    key = list(sheet.table.key)
    if not key or sheet.frame.height < 2:
        return
    keys = sheet.frame.select(key).with_row_index("at")
    keys = keys.drop_nulls([name for name in key if sheet.table.column(name).required])
    if keys.select(pl.struct(key).n_unique()).item() == keys.height:
        return
    again = keys.with_columns(first=pl.col("at").min().over(key)).filter(pl.col("at") != pl.col("first"))
    bad = _mask(sheet, again["at"])
    shown = " + ".join(sheet.header(name) for name in key)
    firsts = sheet.rows.gather(again["first"])
    findings.cells("error", "duplicate_key", DUPLICATE, sheet, key[0], bad, {"first": firsts}, key=shown)


def _mask(sheet: Sheet, positions: pl.Series) -> pl.Series:
    return pl.int_range(sheet.frame.height, dtype=pl.UInt32, eager=True).is_in(positions.cast(pl.UInt32).implode())


def _validity(sheet: Sheet, findings: Findings) -> None:
    begins, ends = sheet.frame["valid_from"], sheet.frame["valid_to"]
    bad = (begins > ends).fill_null(False)
    if bad.any():
        findings.cells("error", "backwards", BACKWARDS, sheet, "valid_to", bad, {"begins": begins.filter(bad)})


def _overlaps(sheet: Sheet, findings: Findings) -> None:
    """Two source rows of one supplier and item whose days overlap; equal first days are a double key already."""
    pair = ["item", "supplier"]
    rows = sheet.frame.select(
        *pair,
        begins=pl.col("valid_from").fill_null(date.min),
        ends=pl.col("valid_to").fill_null(date.max),
        at=pl.int_range(pl.len(), dtype=pl.UInt32),
    ).drop_nulls(pair)
    rows = rows.filter(pl.struct(pair).is_duplicated())
    if rows.is_empty():
        return
    meeting = (
        rows.join(rows, on=pair, suffix="_before")
        .filter(pl.col("begins_before") < pl.col("begins"), pl.col("ends_before") >= pl.col("begins"))
        .group_by("at")
        .agg(first=pl.col("at_before").min())
        .sort("at")
    )
    if meeting.height:
        firsts = sheet.rows.gather(meeting["first"])
        column = "valid_from" if "valid_from" in sheet.headers else "valid_to"
        findings.cells("error", "overlap", OVERLAP, sheet, column, _mask(sheet, meeting["at"]), {"first": firsts})


def _price_breaks(sheets: Sheets, findings: Findings) -> None:
    sheet = sheets["price_breaks"]
    if not sheet.frame.height or _told("sources", findings):
        return
    pair = ["item", "supplier"]
    known = sheets["sources"].frame.select(pair).unique()
    lost = sheet.frame.with_row_index("at").drop_nulls(pair).join(known, on=pair, how="anti").sort("at")
    if lost.height:
        fields = {"item": lost["item"]}
        findings.cells("error", "no_source_row", NO_SOURCE_ROW, sheet, "supplier", _mask(sheet, lost["at"]), fields)


def _lots(sheet: Sheet, findings: Findings) -> None:
    """The largest multiple within lot_max must reach lot_min and be more than nothing."""
    items = sheet.frame
    if not items["lot_max"].is_not_null().any():
        return
    low, step, high = (millionths(items[name]) for name in ("lot_min", "lot_multiple", "lot_max"))
    sizes = pl.DataFrame({"low": low, "step": step, "high": high})
    largest = pl.when(pl.col("step") > 0).then(pl.col("high") - pl.col("high") % pl.col("step")).otherwise("high")
    impossible = (pl.col("high") > 0) & ((largest < pl.col("low")) | (largest <= 0))
    bad = sizes.select(impossible.fill_null(False)).to_series()
    if bad.any():
        fields = {
            "item": items["item"].filter(bad),
            "least": [f"{value.normalize():f}" for value in items["lot_min"].filter(bad).to_list()],
            "multiple": [f"{value.normalize():f}" for value in items["lot_multiple"].filter(bad).to_list()],
        }
        findings.cells("error", "no_lot", NO_LOT, sheet, "lot_max", bad, fields)


def _loops(sheets: Sheets, findings: Findings) -> None:
    items, sheet = sheets["items"].frame, sheets["bom"]
    if not sheet.frame.height:
        return
    found = tree(items, sheet.frame)
    if (found.level >= 0).all():
        return
    names = items["item"]
    for circle, line in loops(found):
        loop = " -> ".join(_shortened([names[at] for at in [*circle, circle[0]]]))
        one = _mask(sheet, pl.Series([line]))
        findings.cells("error", "bom_loop", LOOP, sheet, "component", one, loop=loop)


def _shortened(names: list[str]) -> list[str]:
    """A loop of thousands of items is told by its ends."""
    if len(names) <= LONGEST_LOOP:
        return names
    half = LONGEST_LOOP // 2
    return [*names[:half], f"… {len(names) - LONGEST_LOOP} …", *names[-half:]]
