"""Small worlds of twenty days without cost of holding and without salvage, so that only what is paid counts."""

from datetime import date, timedelta
from typing import Any

from huoku.factory import Factory, build
from huoku.judge import judge
from huoku.plan import Plan, plan

TODAY = date(2026, 1, 5)


def day(number: int) -> date:
    """The date of a day of the plan; day 0 is today."""
    return TODAY + timedelta(number)


def world(**given: Any) -> Factory:
    return build(**{"today": TODAY, "horizon_days": 20, "holding_rate": 0, "salvage_rate": 0, **given})


def planned(factory: Factory) -> Plan:
    """The plan, in which the judge finds no fault and just as much money."""
    made = plan(factory)
    verdict = judge(factory, made)
    assert [violation.message("en") for violation in verdict.violations] == []
    assert abs(made.figures["total_cost"] - verdict.figures["total_cost"]) < 0.0051
    return made


def cost(made: Plan) -> float:
    return float(made.figures["total_cost"])


def ordered(made: Plan) -> list[tuple[str, str, str, float, int, int]]:
    """Kind, item, place, quantity, start and due day of each order."""
    return sorted(
        (row["kind"], row["item"], row["location"], row["qty"], (row["start"] - TODAY).days, (row["due"] - TODAY).days)
        for row in made.orders.iter_rows(named=True)
    )


def bought(made: Plan) -> dict[str, float]:
    """What is bought of each item."""
    total: dict[str, float] = {}
    for kind, item, _, qty, _, _ in ordered(made):
        if kind == "buy":
            total[item] = total.get(item, 0.0) + qty
    return total


def promised(made: Plan) -> dict[str, int | None]:
    """The promised day of each demand; None where there is none."""
    rows = made.promises.select("demand", "date").iter_rows()
    return {demand: None if on is None else (on - TODAY).days for demand, on in rows}


def used(made: Plan, consumer: str) -> dict[str, float]:
    """What a consumer takes of each item or lot."""
    total: dict[str, float] = {}
    for row in made.usage.iter_rows(named=True):
        if row["consumer"] == consumer:
            name = row["lot"] or row["item"]
            total[name] = total.get(name, 0.0) + row["qty"]
    return total


def exceptions(made: Plan, code: str) -> list[tuple[str, str]]:
    """Subjects and messages of one code."""
    return [(row["subject"], row["message"]) for row in made.exceptions.iter_rows(named=True) if row["code"] == code]
