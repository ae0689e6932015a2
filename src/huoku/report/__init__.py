"""A plan as people read it: explanations in words, charts, and the report in one page."""

from huoku.report.comparing import comparison_text
from huoku.report.explaining import Explanation, explain
from huoku.report.leftover_chart import plot_leftovers
from huoku.report.lot_cost_chart import plot_lot_cost
from huoku.report.stock_chart import plot_projection
from huoku.report.summary import Summary, summary
from huoku.report.text import explain_text
from huoku.report.workbook import write_workbook
from huoku.report.writing import write_report

__all__ = [
    "Explanation",
    "Summary",
    "comparison_text",
    "explain",
    "explain_text",
    "plot_leftovers",
    "plot_lot_cost",
    "plot_projection",
    "summary",
    "write_report",
    "write_workbook",
]
