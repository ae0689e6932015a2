"""The company's records as one factory, as the library plans it."""

from datetime import date
from typing import Any

from huoku.factory import Factory, Settings
from huoku.factory.factory import build
from huoku.factory.stage import Bearing
from huoku.server.planning.models import PlanningSettings
from huoku.server.planning.reading import masters, past, trade
from huoku.server.planning.reading.fixed import fixed_work
from huoku.server.planning.reading.keeping import Kept
from huoku.server.planning.reading.transfers import open_transfers, with_more
from huoku.server.planning.reading.work import Work, open_work
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company

MILLION = 10**6


def factory_of(company: Company, today: date) -> tuple[Factory, trade.Names]:
    """The factory as it stands, and what it calls the demands of the records.

    Raises DataError where the records do not make a factory: naming table, row and value, as for a file.
    """
    kept, sales = Kept(company.pk), trade.sold(company.pk)
    moved = open_transfers(company.pk, today, kept)
    made = open_work(company.pk, today, kept)
    work = Work(made.given, [*made.taken, *moved.taken])
    tables = {
        "items": masters.items(company.pk, company.currency),
        "bom": masters.bom(company.pk),
        "sources": masters.sources(company.pk),
        "price_breaks": masters.price_breaks(company.pk),
        "substitutes": masters.substitutes(company.pk),
        "supplies": with_more(trade.supplies(company.pk, work), moved.brought),
        "demands": trade.demands(company.pk, sales, work),
        "reservations": trade.reservations(company.pk, sales, work, kept),
        "stock": trade.stock(company.pk, kept),
        "locations": trade.locations(company.pk),
        "lanes": trade.lanes(company.pk),
        "operations": masters.operations(company.pk),
        "fixed_work": fixed_work(company.pk, work),
        "resources": masters.resources(company.pk),
        "calendar": masters.calendar(company.pk),
        "history": past.history(company),
        "outlets": trade.outlets(company.pk),
        "disposals": past.disposals(company.pk),
    }
    given = {name: columns for name, columns in tables.items() if any(columns.values())}
    named = trade.Names({**sales.demand_of, **work.demand_of})
    return build(today=today, currency=company.currency, **settings_of(company), **given), named


def settings_of(company: Company) -> dict[str, Any]:
    """The company's horizon and rates, by their names in the factory folder."""
    row = PlanningSettings.objects.of(company).first() or PlanningSettings()
    found: dict[str, Any] = {
        "horizon_days": row.horizon_days,
        "holding_rate": row.holding_rate_millionths / MILLION,
        "salvage_rate": row.salvage_rate_millionths / MILLION,
        "late_rate": row.late_rate_millionths / MILLION,
        "partial_shipments": row.partial_shipments,
        "frozen_days": row.frozen_days,
        "change_rate": row.change_rate_millionths / MILLION,
        "change_days": row.change_days,
        "substitute_mixing": row.substitute_mixing,
        "future_use": row.future_use,
        "company_stage": row.company_stage,
    }
    for name in Bearing._fields:
        part = getattr(row, f"{name}_millionths")
        found[name] = None if part is None else part / MILLION
    if row.risk_limit_minor is not None:
        found["risk_limit"] = row.risk_limit_minor / 10 ** minor_digits(company.currency)
    return found


def bearing_of(company: Company) -> Bearing:
    """What the company bears of dead stock: its own figures, else those of its stage."""
    return Settings(today=date.min, **settings_of(company)).bearing
