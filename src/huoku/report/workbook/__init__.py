"""A plan as one workbook, for whoever works in a spreadsheet: a sheet for each question."""

from huoku.report.workbook.write import write_workbook

__all__ = ["write_workbook"]
