"""``read``: a factory folder, or one workbook, becomes a Factory."""

from datetime import date
from pathlib import Path

from huoku.errors import UsageError
from huoku.factory.factory import Factory, assemble
from huoku.factory.findings import Findings
from huoku.factory.folder import SETTINGS_FILE, WORKBOOK_FILE, holds_tables, read_folder
from huoku.factory.settings import settings_from
from huoku.factory.sheet import RawTable
from huoku.factory.workbook import SETTINGS_SHEET, read_workbook
from huoku.language import Sentence

BOTH = Sentence(
    "文件夹里既有 factory.xlsx 又有单独的表；请只留一种",
    "the folder holds factory.xlsx and single tables; keep one of the two",
)


def read(path: str | Path, *, today: date | None = None) -> Factory:
    """Read and check a factory.

    Parameters
    ----------
    path
        A factory folder (CSV or Parquet files, ``factory.toml``), or a workbook (.xlsx), or a folder
        that holds only ``factory.xlsx``.
    today
        First day of the plan. Without it the factory's own setting holds; without that, the day of
        the run.

    Raises
    ------
    DataError
        With every error of every table at once, each with file, row, column, value and cure.
    UsageError
        When there is nothing to read at ``path``.
    """
    place = Path(path)
    findings = Findings()
    raw, given, settings_place = _found(place, findings)
    if not raw:
        findings.raise_errors()
    if today is not None:
        given = {**given, "today": today}
    # The clock is read here, at the edge, and nowhere further in.
    settings = settings_from(given, date.today(), settings_place, findings)
    return assemble(raw, settings, findings)


def _found(place: Path, findings: Findings) -> tuple[dict[str, RawTable], dict[str, object], str]:
    """The tables and settings at this place, and where the settings stand."""
    if place.is_dir():
        workbook = place / WORKBOOK_FILE
        if not workbook.exists():
            return *read_folder(place, findings), SETTINGS_FILE
        if holds_tables(place):
            findings.error("two_forms", BOTH, file=WORKBOOK_FILE)
            return {}, {}, SETTINGS_FILE
        place = workbook
    elif not place.exists():
        raise UsageError(f"{place}: no such factory folder or workbook / 找不到这个工厂文件夹或工作簿")
    if place.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(f"{place}: give a factory folder or an .xlsx workbook / 请给出工厂文件夹或 .xlsx 工作簿")
    return *read_workbook(place, findings), f"{place.name} [{SETTINGS_SHEET}]"
