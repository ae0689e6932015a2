"""Dead stock and the case for the boss as workbooks, with filters, real numbers and dates."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import polars as pl
import xlsxwriter

from huoku.language import Language, Sentence
from huoku.plan.explain.naming import item_names
from huoku.report.dead_stock.ageing_chart import age_name
from huoku.report.dead_stock.blocks import Notes, Paper, Rows
from huoku.report.dead_stock.case import Case
from huoku.report.dead_stock.text import verdict
from huoku.report.dead_stock.words import OUTLET_KINDS, cause_text, routes_text, way_text
from huoku.report.whole import replaced_whole
from huoku.report.workbook.columns import Field
from huoku.report.workbook.write import Looks, write_table
from huoku.sense.review import DeadStock

SUMMARY = Sentence("汇总", "Summary")
CASE, TWO_YEARS = Sentence("请老板拍板", "The case"), Sentence("两年", "Two years")
LOTS, ROUTES, AGES = Sentence("逐批清单", "Lots"), Sentence("去处", "Ways out"), Sentence("库龄", "Age")

LOT_FIELDS = (
    Field("item", Sentence("物料", "item")),
    Field("name", Sentence("名称", "name")),
    Field("lot", Sentence("批号", "lot")),
    Field("location", Sentence("库位", "location")),
    Field("status", Sentence("状态", "status")),
    Field("qty", Sentence("数量", "quantity"), "qty"),
    Field("dead", Sentence("用不上", "dead"), "qty"),
    Field("unit", Sentence("单位", "unit")),
    Field("dead_value", Sentence("用不上的价值", "dead value"), "money"),
    Field("age_days", Sentence("库龄（天）", "days here"), "whole"),
    Field("idle_days", Sentence("没动（天）", "days idle"), "whole"),
    Field("dead_by_movement", Sentence("按没动算", "dead by movement"), "qty"),
    Field("dead_by_age", Sentence("按库龄算", "dead by age"), "qty"),
    Field("p_use", Sentence("一年内用掉", "used in a year"), "share"),
    Field("loss_per_month", Sentence("每月再亏", "loss a month"), "money"),
    Field("back", Sentence("能收回", "brings"), "money"),
    Field("kept", Sentence("留着值", "worth kept"), "money"),
    Field("provision_by_movement", Sentence("准备（按没动）", "provision by movement"), "money"),
    Field("provision_by_coverage", Sentence("准备（按够用）", "provision by coverage"), "money"),
    Field("order", Sentence("来源单号", "came with")),
    Field("why", Sentence("为什么", "why"), "wide"),
    Field("way", Sentence("怎么办", "way out"), "wide"),
)
ROUTE_FIELDS = (
    Field("item", Sentence("物料", "item")),
    Field("name", Sentence("名称", "name")),
    Field("kind", Sentence("处置方式", "way out")),
    Field("outlet", Sentence("渠道", "outlet")),
    Field("qty", Sentence("数量", "quantity"), "qty"),
    Field("unit", Sentence("单位", "unit")),
    Field("back", Sentence("收回", "brings"), "money"),
)
AGE_FIELDS = (
    Field("age", Sentence("库龄", "age")),
    Field("lots", Sentence("批数", "lots"), "whole"),
    Field("value", Sentence("价值", "value"), "money"),
    Field("dead_value", Sentence("用不上", "dead"), "money"),
)
QUARTER_FIELDS = (
    Field("begins", Sentence("从", "from"), "date"),
    Field("ends", Sentence("到", "to"), "date"),
    Field("used", Sentence("用掉的外购料", "material used"), "money"),
    Field("dead", Sentence("躺着不动的料", "lying still"), "money"),
)

Table = tuple[Sentence, pl.DataFrame, tuple[Field, ...]]


def write_dead_workbook(review: DeadStock, path: Path, lang: Language) -> Path:
    """A sheet with the verdict, then every dead lot, where it goes, and the stock by age."""
    lines: list[tuple[str, ...]] = [(line,) for line in verdict(review, lang)]
    return _write(path, review, SUMMARY, lines, list(_tables(review, lang)), lang)


def write_case_workbook(case: Case, paper: Paper, path: Path, lang: Language) -> Path:
    """A sheet with the case as it is printed, then the two years and the tables of the list."""
    tables = [(TWO_YEARS, case.quarters, QUARTER_FIELDS), *_tables(case.review, lang)]
    return _write(path, case.review, CASE, list(_lines(paper)), tables, lang)


def _lines(paper: Paper) -> Iterator[tuple[str, ...]]:
    yield from ((paper.title,), (paper.subtitle,), (), (paper.verdict,), ())
    yield from ((tile.name, tile.value, tile.hint) for tile in paper.tiles)
    for part in paper.parts:
        yield from ((), (part.title,))
        if isinstance(part, Notes):
            yield from ((line,) for line in part.lines)
        else:
            yield from _of_table(part)


def _of_table(part: Rows) -> Iterator[tuple[str, ...]]:
    yield part.head
    yield from part.rows
    if part.remark:
        yield (part.remark,)


def _write(
    path: Path, review: DeadStock, front: Sentence, lines: list[tuple[str, ...]], tables: list[Table], lang: Language
) -> Path:
    settings = review.factory.settings
    with replaced_whole(path) as fresh, xlsxwriter.Workbook(fresh, {"constant_memory": True}) as book:
        # The day of the stock, not of the writing: the same stock gives the same bytes.
        book.set_properties({"created": datetime.combine(settings.today, time())})
        looks = Looks(book, settings.currency)
        sheet = book.add_worksheet(front.say(lang))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 6, 26)
        for row, cells in enumerate(lines):
            for at, words in enumerate(cells):
                sheet.write_string(row, at, words, looks.title if row == 0 else None)
        for title, frame, fields in tables:
            shown = frame.select(field.name for field in fields)
            write_table(book.add_worksheet(title.say(lang)), shown, fields, looks, lang)
    return path


def _tables(review: DeadStock, lang: Language) -> Iterator[Table]:
    names, ways = item_names(review.factory, lang), routes_text(review.routes, lang)
    rows = list(review.dead.iter_rows(named=True))
    lots = review.dead.join(names, on="item", how="left", maintain_order="left").with_columns(
        why=pl.Series([cause_text(row, lang) for row in rows], dtype=pl.String),
        way=pl.Series([way_text(row, ways, review.rules.idle_days, lang) for row in rows], dtype=pl.String),
    )
    yield LOTS, lots, LOT_FIELDS
    routes = review.routes.join(names, on="item", how="left", maintain_order="left").with_columns(
        pl.col("kind").replace({kind: words.say(lang) for kind, words in OUTLET_KINDS.items()})
    )
    yield ROUTES, routes, ROUTE_FIELDS
    ages = [age_name(first, lang) for first in review.ageing["from_days"]]
    yield AGES, review.ageing.with_columns(age=pl.Series(ages, dtype=pl.String)), AGE_FIELDS
