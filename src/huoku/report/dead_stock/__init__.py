"""Dead stock as people read it: in a terminal, as a page, as a workbook; and the case for the boss."""

from huoku.report.dead_stock.case import Case, boss_case
from huoku.report.dead_stock.case_words import case_text
from huoku.report.dead_stock.text import dead_stock_text
from huoku.report.dead_stock.write import CASE_KINDS, LIST_KINDS, known_kind, write_case, write_dead_stock

__all__ = [
    "CASE_KINDS",
    "LIST_KINDS",
    "Case",
    "boss_case",
    "case_text",
    "dead_stock_text",
    "known_kind",
    "write_case",
    "write_dead_stock",
]
