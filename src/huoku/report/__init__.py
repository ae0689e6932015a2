"""A plan as people read it: explanations in words, charts, and the report in one page."""

from huoku.report.buying import options_text
from huoku.report.buying_page import write_options
from huoku.report.comparing import comparison_text
from huoku.report.comparison_chart import plot_comparison
from huoku.report.dead_stock import (
    CASE_KINDS,
    LIST_KINDS,
    Case,
    boss_case,
    case_text,
    dead_stock_text,
    known_kind,
    write_case,
    write_dead_stock,
)
from huoku.report.explaining import Explanation, explain
from huoku.report.flow_chart import plot_flow
from huoku.report.leftover_chart import plot_leftovers
from huoku.report.load_chart import plot_load
from huoku.report.lot_cost_chart import plot_lot_cost
from huoku.report.offer_request import write_offer_request
from huoku.report.pegging_chart import plot_pegging
from huoku.report.quoting import quote_text
from huoku.report.replay_page import write_replay
from huoku.report.replaying import replay_text
from huoku.report.stock_chart import plot_projection
from huoku.report.summary import Summary, summary
from huoku.report.text import explain_text
from huoku.report.workbook import write_workbook
from huoku.report.writing import write_report

__all__ = [
    "CASE_KINDS",
    "LIST_KINDS",
    "Case",
    "Explanation",
    "Summary",
    "boss_case",
    "case_text",
    "comparison_text",
    "dead_stock_text",
    "explain",
    "explain_text",
    "known_kind",
    "options_text",
    "plot_comparison",
    "plot_flow",
    "plot_leftovers",
    "plot_load",
    "plot_lot_cost",
    "plot_pegging",
    "plot_projection",
    "quote_text",
    "replay_text",
    "summary",
    "write_case",
    "write_dead_stock",
    "write_offer_request",
    "write_options",
    "write_replay",
    "write_report",
    "write_workbook",
]
