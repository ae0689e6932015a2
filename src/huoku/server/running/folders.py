"""`huoku export` and `huoku import`: a whole company as a factory folder or a workbook, and back."""

from dataclasses import replace
from pathlib import Path

from huoku.errors import DataError, UsageError
from huoku.factory import Factory
from huoku.factory.brought import BroughtFile, bring
from huoku.factory.folder import SETTINGS_FILE, WORKBOOK_FILE, holds_tables
from huoku.factory.read import read
from huoku.factory.write import Format, write
from huoku.factory.write_workbook import write_workbook
from huoku.language import Sentence
from huoku.server.planning.bringing import bring_in
from huoku.server.planning.bringing.own_data import OTHER_CURRENCY
from huoku.server.planning.reading.factory import factory_of
from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.models import Company
from huoku.server.platform.scope import entered
from huoku.server.running.accounts import VIA, company_called

WORKBOOK = ".xlsx"
BROUGHT = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".zip")
NOTHING = Sentence(
    "{source} 里没有能导入的文件；可以是 {known}", "{source} holds nothing that can be brought in: {known}"
)


def export_company(target: Path, company_code: str = "", format: Format = "csv") -> Factory:
    """Write a company's records as a factory folder of this format, or as a workbook where ``target`` ends in .xlsx.

    Returns what was written. Raises UsageError where something is there already or there is no such company, DataError
    where the records do not make a factory.
    """
    company = company_called(company_code)
    with entered(company):
        factory, _ = factory_of(company, clock.business_day(company, clock.now()))
    if target.suffix.lower() == WORKBOOK:
        write_workbook(factory, target)
    else:
        write(factory, target, format)
    return factory


def import_company(source: Path, company_code: str = "") -> tuple[Factory, int]:
    """Fill a company that has no items yet from a factory folder, a workbook, or files as other systems write them: all
    of it or nothing.

    Returns the factory and how many commands it took. Raises UsageError, DataError naming file, row and column,
    Refused where the company is not empty or counts in another currency.
    """
    company = company_called(company_code)
    if is_brought(source):
        return _from_files(source, company)
    factory = read(source)
    if factory.settings.currency != company.currency:
        raise UsageError(
            f"{source} is in {factory.settings.currency}, {company.code} counts in {company.currency} / 币种不同"
        )
    try:
        return factory, bring_in(the_system(company, via=VIA), factory)
    except DataError as error:
        named = [replace(each, file=_file(source, each.table)) for each in error.problems]
        raise DataError(named, error.count) from None


def is_brought(source: Path) -> bool:
    """Whether files have to be recognised first: anything but a factory folder or a workbook of the contract."""
    if source.is_dir():
        return not (holds_tables(source) or (source / WORKBOOK_FILE).exists() or (source / SETTINGS_FILE).exists())
    return source.is_file() and source.suffix.lower() in BROUGHT


def _from_files(source: Path, company: Company) -> tuple[Factory, int]:
    """Raises UsageError, DataError, Refused."""
    paths = sorted(path for path in source.iterdir() if path.is_file()) if source.is_dir() else [source]
    files = [BroughtFile(path.name, path.read_bytes()) for path in paths if path.suffix.lower() in BROUGHT]
    if not files:
        raise UsageError(NOTHING, source=source, known=", ".join(BROUGHT))
    brought = bring(files, today=clock.business_day(company, clock.now()), currency=company.currency)
    if brought.factory is None:
        raise DataError(brought.errors, brought.error_count)
    if brought.factory.settings.currency != company.currency:
        raise UsageError(OTHER_CURRENCY, value=brought.factory.settings.currency, own=company.currency)
    try:
        return brought.factory, bring_in(the_system(company, via=VIA), brought.factory)
    except DataError as error:
        raise DataError([brought.placed(each) for each in error.problems], error.count) from None


def _file(source: Path, table: str) -> str:
    """The file that a table was read from."""
    if source.is_file() or (source / WORKBOOK_FILE).is_file():
        return f"{source.name if source.is_file() else WORKBOOK_FILE} [{table}]"
    return next((f"{table}{ending}" for ending in (".csv", ".parquet") if (source / f"{table}{ending}").exists()), "")
