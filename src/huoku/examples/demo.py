"""A demo factory: small-batch kettles, health pots, milk warmers, grinders and aprons, about 300 items.

The data is what a factory would list (``demo_parts``, ``demo_products``, ``demo_work``, ``demo_trade``), one line per
kind of thing;
here the lines become the tables of the contract. Names are Chinese, with English beside them in ``name_en``.
"""

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from huoku.examples import demo_parts as parts
from huoku.examples import demo_products as products
from huoku.examples import demo_trade as trade
from huoku.examples import demo_work as work
from huoku.examples.tables import Table, Tables, write_folder
from huoku.factory import Factory, build

SETTINGS: dict[str, object] = {"today": trade.TODAY, "horizon_days": 240, "currency": "CNY"}

ITEM_COLUMNS = (
    *("item", "name", "name_en", "unit", "kind", "lead_time_days", "price", "setup_cost", "safety_stock"),
    *("lot_min", "lot_multiple", "decimals", "lifecycle"),
)
SOURCE_COLUMNS = ("item", "supplier", "price", "moq", "multiple", "lead_time_days", "order_fee", "moq_reason")
OPERATION_COLUMNS = ("parent", "seq", "resource", "name", "setup_minutes", "run_minutes")
OUTLET_COLUMNS = ("item", "outlet", "kind", "share", "fee", "most", "until", "fade")
DISPOSAL_COLUMNS = (
    *("item", "date", "qty", "outlet", "proceeds", "value", "opened"),
    *("supplier", "bought", "needed", "received_on", "cause", "lesson"),
)
LETTER = re.compile(r"\{([A-Z])\}")
COMPONENT = re.compile(r"(\S+) x ([\d.]+)(?: \+ ([\d.]+)%)?(?: ! (\d+))?")
"""``SCREW x 4 + 2% ! 10``: four screws per piece, 2 % scrap, ten more per order."""


def demo() -> Factory:
    """The demo factory, checked like any other."""
    return build(**SETTINGS, **{name: _columns(table) for name, table in demo_tables().items()})


def write_demo(folder: str | Path) -> Path:
    """Write the demo factory as a folder of CSV files and return the folder."""
    return write_folder(folder, SETTINGS, demo_tables())


def demo_tables() -> Tables:
    """The tables of the demo factory; the settings are ``SETTINGS``."""
    return {
        "items": Table(ITEM_COLUMNS, [*_made_items(), *_bought_items()]),
        "bom": Table(("parent", "component", "qty", "scrap_rate", "fixed_scrap"), list(_bom())),
        "sources": Table(SOURCE_COLUMNS, list(_sources())),
        "price_breaks": Table(("item", "supplier", "min_qty", "price"), list(_price_breaks())),
        "stock": Table(("item", "qty", "received_on", "status", "order"), list(_stock())),
        "supplies": Table(("supply", "item", "qty", "due", "supplier"), list(_supplies())),
        "demands": Table(
            ("demand", "item", "qty", "due", "priority", "customer", "kind"),
            [*_orders(), *_call_offs(), *_everyday_orders()],
        ),
        "operations": Table(OPERATION_COLUMNS, list(_rows(work.OPERATIONS))),
        "resources": Table(
            ("resource", "name", "name_en", "minutes_per_day", "cost_per_hour"), list(_rows(work.RESOURCES))
        ),
        "calendar": Table(("date", "open"), list(_closed_days())),
        "history": Table(("item", "date", "qty"), list(_history())),
        "outlets": Table(OUTLET_COLUMNS, list(_rows(trade.OUTLETS))),
        "disposals": Table(DISPOSAL_COLUMNS, list(_disposals())),
    }


def _columns(table: Table) -> dict[str, list[object]]:
    return {name: [row[place] for row in table.rows] for place, name in enumerate(table.columns)}


def _rows(text: str, *, named: bool = False) -> Iterator[list[str]]:
    """The lines of a text table as cells, one row for each variant of its first cell.

    The letters stand for codes everywhere, except in the two names that follow the code in a ``named`` table.
    """
    for line in text.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        letters = LETTER.findall(cells[0])
        for codes in itertools.product(*(parts.VARIANTS[letter] for letter in letters)):
            variant = dict(zip(letters, codes, strict=True))
            row = [cell.format(**variant) for cell in cells]
            if named:
                for place, language in ((1, 0), (2, 1)):
                    words = {letter: parts.VARIANTS[letter][code][language] for letter, code in variant.items()}
                    row[place] = cells[place].format(**words)
            yield row


def _made_items() -> Iterator[tuple[object, ...]]:
    for item, zh, en, kind, lead_days, setup, lot_min, lot_multiple, price in _rows(products.MADE, named=True):
        yield (item, zh, en, "pcs", kind, lead_days, price, setup, "", lot_min, lot_multiple, "", "active")


def _bought_items() -> Iterator[tuple[object, ...]]:
    safety = dict(_rows(trade.SAFETY_STOCK))
    for item, zh, en, unit, *_ in _rows(parts.PARTS, named=True):
        whole = "0" if unit == "set" else ""  # housing sets come whole; only pcs are whole by themselves
        lifecycle = "obsolete" if item in parts.OBSOLETE else "active"
        yield (item, zh, en, unit, "buy", "", "", "", safety.get(item, ""), "", "", whole, lifecycle)


def _bom() -> Iterator[tuple[object, ...]]:
    for parent, components in _rows(products.BOM):
        for component in components.split(","):
            match = COMPONENT.fullmatch(component.strip())
            assert match is not None, component
            code, qty, scrap_percent, fixed_scrap = match.groups(default="0")
            yield (parent, code, qty, f"{float(scrap_percent) / 100:g}", fixed_scrap)


def _sources() -> Iterator[tuple[object, ...]]:
    for item, _, _, _, price, supplier, moq, multiple, lead_days, fee in _rows(parts.PARTS, named=True):
        reason = parts.MOQ_REASONS.get(supplier, "")
        yield (item, parts.SUPPLIERS[supplier], price, moq, multiple, lead_days, fee, reason)
    for item, supplier, price, moq, multiple, lead_days, fee in _rows(parts.SMALL_LOTS):
        yield (item, parts.SUPPLIERS[supplier], price, moq, multiple, lead_days, fee, "")


def _price_breaks() -> Iterator[tuple[object, ...]]:
    for item, supplier, min_qty, price in _rows(parts.PRICE_BREAKS):
        yield (item, parts.SUPPLIERS[supplier], min_qty, price)


def _stock() -> Iterator[tuple[object, ...]]:
    for item, qty, received, status in _rows(trade.STOCK):
        yield (item, qty, received, status, "")
    for row in _rows(trade.DEAD_STOCK):
        yield tuple(row)


def _supplies() -> Iterator[tuple[object, ...]]:
    for supply, item, qty, due, supplier in _rows(trade.SUPPLIES):
        yield (supply, item, qty, due, parts.SUPPLIERS[supplier])


def _disposals() -> Iterator[tuple[object, ...]]:
    for *what, supplier, bought, needed, received, cause, lesson in _rows(trade.DISPOSALS):
        yield (*what, parts.SUPPLIERS[supplier], bought, needed, received, cause, lesson)


def _orders() -> Iterator[tuple[object, ...]]:
    for row in _rows(trade.ORDERS):
        yield (*row, "order")


def _call_offs() -> Iterator[tuple[object, ...]]:
    for contract, item, qty, day, customer in _rows(trade.CONTRACTS):
        for year, month in trade.CALL_OFF_MONTHS:
            yield (f"{contract}-{month:02d}", item, qty, date(year, month, int(day)), 2, customer, "contract")


def _everyday_orders() -> Iterator[tuple[object, ...]]:
    """One order every few days; the three lists have no common divisor, so that they keep mixing."""
    items = trade.EVERYDAY_PRODUCTS.split()
    for number in range(trade.EVERYDAY_COUNT):
        yield (
            f"SO-{trade.EVERYDAY_FIRST_NUMBER + number}",
            items[number * 5 % len(items)],
            trade.EVERYDAY_QUANTITIES[number % len(trade.EVERYDAY_QUANTITIES)],
            trade.EVERYDAY_FIRST_DUE + timedelta(days=number * trade.EVERYDAY_DAYS_APART),
            5,
            trade.EVERYDAY_CUSTOMERS[number % len(trade.EVERYDAY_CUSTOMERS)],
            "order",
        )


def _closed_days() -> Iterator[tuple[object, ...]]:
    first, last = work.SPRING_FESTIVAL
    holidays = {first + timedelta(days=number) for number in range((last - first).days + 1)}
    sundays = {work.FIRST_SUNDAY + timedelta(weeks=number) for number in range(work.SUNDAYS)}
    for day in sorted(holidays | sundays):
        yield (day, 0)


def _history() -> Iterator[tuple[object, ...]]:
    """Two years of monthly use, with the season and nothing else in it."""
    first_year, first_month = trade.HISTORY_FIRST_MONTH
    for item, monthly in _rows(trade.HISTORY):
        for number in range(trade.HISTORY_MONTHS):
            years, month = divmod(first_month - 1 + number, 12)
            yield (item, date(first_year + years, month + 1, 15), round(float(monthly) * trade.SEASON[month]))
