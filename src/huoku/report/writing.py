"""Write a report: a page to read, or a workbook to work in."""

from pathlib import Path

from huoku.language import Language
from huoku.plan import Plan
from huoku.plan.retold import in_language
from huoku.report.page import write_page
from huoku.report.workbook import write_workbook


def write_report(plan: Plan, path: str | Path, lang: Language | None = None) -> Path:
    """Write the plan as one HTML page, or as a workbook where ``path`` ends in .xlsx, and return its path.

    An older file is replaced whole. ``lang``: by default the plan's; in another one the reasons are said anew, see
    ``huoku.plan.retold``. A workbook's tables that are too long for a sheet stand beside it, see ``write_workbook``.
    """
    plan = in_language(plan, lang or plan.lang)
    if Path(path).suffix.lower() == ".xlsx":
        return write_workbook(plan, path, lang)
    return write_page(plan, path, lang)
