"""Questions that a planner has every week, ready to be asked: a customer doubles, a supplier is late, a machine is
out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

import polars as pl

from huoku.factory import Factory
from huoku.language import Sentence
from huoku.plan.plan import Plan
from huoku.server.planning.trying import CLOSED, Values, day_called

TWICE, WEEKS, DAYS = 2, timedelta(weeks=2), 3
MOST = 200
"""So many cells one question changes at most: the nearest orders say how it goes."""

DOUBLES = Sentence("{who} 的订单翻倍", "{who} orders twice as much")
LATE = Sentence("{who} 晚两周到货", "{who} delivers two weeks late")
OUT = Sentence("{who} 停三天", "{who} is out for three days")


@dataclass(frozen=True, slots=True)
class Ready:
    """``who``: the customer, supplier or machine that matters most; ``values``: what is tried then."""

    name: str
    words: Sentence
    who: str
    values: Values


def ready(plan: Plan, sees_customers: bool) -> Iterator[Ready]:
    """Those that this factory can be asked."""
    if sees_customers and (found := _doubled(plan.factory)):
        yield found
    if found := _late(plan.factory):
        yield found
    if found := _out(plan):
        yield found


def _largest(frame: pl.DataFrame, by: str) -> str | None:
    """Of whom there are most rows."""
    counted = frame.drop_nulls(by).group_by(by).len().sort("len", by, descending=[True, False])
    return str(counted[by][0]) if counted.height else None


def _doubled(factory: Factory) -> Ready | None:
    orders = factory.demands.filter(pl.col("kind") == "order")
    who = _largest(orders, "customer")
    if who is None:
        return None
    theirs = orders.filter(pl.col("customer") == who).sort("due", "demand").head(MOST)
    values = {
        f"demands.{name}.qty": f"{(TWICE * qty).normalize():f}"
        for name, qty in theirs.select("demand", "qty").iter_rows()
    }
    return Ready("doubles", DOUBLES, who, values)


def _late(factory: Factory) -> Ready | None:
    coming = factory.supplies.filter(pl.col("due") >= factory.settings.today)
    who = _largest(coming, "supplier")
    if who is None:
        return None
    theirs = coming.filter(pl.col("supplier") == who).sort("due", "supply").head(MOST)
    rows = theirs.select("supply", "due").iter_rows()
    return Ready("late", LATE, who, {f"supplies.{name}.due": (due + WEEKS).isoformat() for name, due in rows})


def _out(plan: Plan) -> Ready | None:
    minutes = plan.schedule.group_by("resource").agg(pl.col("minutes").sum())
    busiest = minutes.sort("minutes", "resource", descending=[True, False])
    if not busiest.height:
        return None
    who = str(busiest["resource"][0])
    return Ready("out", OUT, who, {day_called(day, who): CLOSED for day in islice(_worked(plan.factory, who), DAYS)})


def _worked(factory: Factory, resource: str) -> Iterator[date]:
    """The days after today on which the resource works."""
    today, own = factory.settings.today, pl.col("resource").is_null() | (pl.col("resource") == resource)
    closed = set(factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_null(), own)["date"])
    days = (today + timedelta(days=each) for each in range(1, factory.settings.horizon_days))
    return (day for day in days if day not in closed)
