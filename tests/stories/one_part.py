"""A shop that buys one part and sells it as it is: the smallest world in which a lot size can be wrong.

Today is Monday 2026-01-05 and the plan ends 365 days later. Holding one piece worth 1.00 costs 0.20 a year;
what is left on the last day gives back 0.10.
"""

from datetime import date, timedelta
from typing import Any

from huoku.factory import build
from huoku.plan import Plan, plan

TODAY = date(2026, 1, 5)

Row = dict[str, Any]


def day(number: int) -> date:
    """The date of a day of the plan; day 0 is today."""
    return TODAY + timedelta(days=number)


def offer(supplier: str, price: float, **terms: Any) -> Row:
    """An offer of the part, five days away unless said otherwise."""
    return {"item": "PART", "supplier": supplier, "price": price, "lead_time_days": 5, **terms}


def wanted(demand: str, qty: float, on: int, **more: Any) -> Row:
    """An order for the part, which sells for 3.00."""
    return {"demand": demand, "item": "PART", "qty": qty, "due": day(on), "price": 3, **more}


def planned(sources: list[Row], demands: list[Row], **tables: Any) -> Plan:
    """The plan of the shop."""
    items = tables.pop("items", [{"item": "PART"}])
    return plan(build(today=TODAY, items=items, sources=sources, demands=demands, **tables))


def bought(made: Plan) -> list[tuple[str, float, date]]:
    """Supplier, quantity and day of arrival of each purchase, by day."""
    orders = made.orders.filter(made.orders["kind"] == "buy").sort("due", "item")
    return orders.select("supplier", "qty", "due").rows()


def codes(made: Plan, subject: str) -> list[str]:
    """The exceptions about one demand, order, item or supply."""
    return made.exceptions.filter(made.exceptions["subject"] == subject)["code"].to_list()


def message(made: Plan, code: str) -> str:
    """What the one exception of this kind says."""
    (text,) = made.exceptions.filter(made.exceptions["code"] == code)["message"]
    return str(text)


def rejected(made: Plan) -> tuple[str, str, float]:
    """The best way not taken of the first order: what kind it is, from whom, how much."""
    kind, supplier, qty = made.decisions.select("alternative", "alternative_supplier", "alternative_qty").row(0)
    return str(kind), str(supplier), float(qty)
