"""`huoku export` and `huoku import`: a whole company as a factory folder or a workbook, and back."""

from dataclasses import replace
from pathlib import Path

from huoku.errors import DataError, UsageError
from huoku.factory import Factory
from huoku.factory.folder import WORKBOOK_FILE
from huoku.factory.read import read
from huoku.factory.write import Format, write
from huoku.factory.write_workbook import write_workbook
from huoku.server.planning.bringing import bring_in
from huoku.server.planning.reading.factory import factory_of
from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.scope import entered
from huoku.server.running.accounts import VIA, company_called

WORKBOOK = ".xlsx"


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
    """Fill a company that has no items yet from a factory folder or a workbook: all of it or nothing.

    Returns the factory and how many commands it took. Raises UsageError, DataError naming file, row and column,
    Refused where the company is not empty or counts in another currency.
    """
    company = company_called(company_code)
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


def _file(source: Path, table: str) -> str:
    """The file that a table was read from."""
    if source.is_file() or (source / WORKBOOK_FILE).is_file():
        return f"{source.name if source.is_file() else WORKBOOK_FILE} [{table}]"
    return next((f"{table}{ending}" for ending in (".csv", ".parquet") if (source / f"{table}{ending}").exists()), "")
