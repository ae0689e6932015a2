"""A solution of the exact model as the tables of a plan, so that the judge can look at it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from ortools.sat.python import cp_model

from huoku.judge.tables import COLUMNS

from .exact_plan import Model, Order, Pool, Taker

Row = dict[str, Any]


@dataclass(frozen=True)
class Tables:
    """What the judge reads of a plan."""

    orders: pl.DataFrame
    usage: pl.DataFrame
    promises: pl.DataFrame
    exceptions: pl.DataFrame
    schedule: pl.DataFrame
    open_work: pl.DataFrame


def tables(model: Model, solver: cp_model.CpSolver) -> Tables:
    """Write down what the solver decided: each pool gives what came first."""
    told = _Telling(model, solver)
    rows = {
        "orders": told.orders,
        "usage": list(told.usage()),
        "promises": list(told.promises()),
        "exceptions": [
            {"code": "no_promise", "subject": demand.name, "message": "too late"} for demand in model.world.demands
        ],
        "schedule": told.schedule,
        "open_work": [],
    }
    return Tables(**{name: pl.DataFrame(rows[name], schema=dict(COLUMNS[name])) for name in rows})


class _Telling:
    def __init__(self, model: Model, solver: cp_model.CpSolver):
        self.model, self.world, self.solver = model, model.world, solver
        self.names: dict[int, list[tuple[str, int]]] = {}
        self.orders: list[Row] = []
        self.schedule: list[Row] = []
        for number, order in enumerate(model.orders):
            if self.value(order.qty):
                self._order(number, order)

    def value(self, expression: Any) -> int:
        return expression if isinstance(expression, int) else int(self.solver.value(expression))

    def day(self, number: int) -> date:
        return self.world.today + timedelta(number)

    def _order(self, number: int, order: Order) -> None:
        """As many rows as there are orders, each as large as the lot rules let it be while the rest can follow."""
        start = next(day for day, here in order.starts if self.value(here))
        due = next(day for day, here in order.dues if self.value(here))
        left, count = self.value(order.qty), max(1, self.value(order.count)) if order.kind == "make" else 1
        made = self.world.made.get(order.item)
        sizes = []
        for rest in range(count - 1, -1, -1):
            low, high = (made.low, made.high) if made and order.kind == "make" else (0, left)
            sizes.append(min(high, left - rest * low))
            left -= sizes[-1]
        assert not left
        self.names[number] = [(f"{order.kind[0].upper()}{number}-{n}", qty) for n, qty in enumerate(sizes)]
        for name, qty in self.names[number]:
            self.orders.append(
                {
                    "order": name, "kind": order.kind, "item": order.item, "location": order.place, "qty": qty,
                    "start": self.day(start), "due": self.day(due), "supplier": order.supplier or None,
                    "from_location": order.from_place or None,
                    "unit_price": order.price if order.kind == "buy" else None,
                }
            )  # fmt: skip
        for seq, resource, day, minutes in order.works:
            if self.value(minutes):
                self.schedule.append(
                    {"order": self.names[number][0][0], "seq": seq, "resource": resource, "date": self.day(day),
                     "minutes": self.value(minutes)}
                )  # fmt: skip

    def _givers(self) -> dict[Pool, list[list[Any]]]:
        """What comes into each pool, by day: day, kind, name, pieces."""
        givers: dict[Pool, list[list[Any]]] = defaultdict(list)
        for lot in self.world.lots:
            givers[Pool(lot.item, lot.place, "", lot.last, lot.lot)].append([0, "stock", lot.lot, lot.qty])
        for name, item, place, qty, day in self.world.supplies:
            givers[Pool(item, place, "", self.world.last_usable(item, day))].append([day, "supply", name, qty])
        for number, names in self.names.items():
            for day, pool, qty in self.model.orders[number].arrives:
                if self.value(qty):
                    givers[pool] += [[day, "order", name, size] for name, size in names]
        for rows in givers.values():
            rows.sort()
        return givers

    def usage(self) -> Iterator[Row]:
        givers = self._givers()
        waiting: dict[Taker, list[list[Any]]] = {}
        for (pool, taker), taken in sorted(self.model.takes.items(), key=lambda row: row[0][1].day):
            left = self.value(taken)
            while left:
                giver = next(giver for giver in givers[pool] if giver[3])
                assert giver[0] <= taker.day
                qty = min(left, giver[3])
                giver[3] -= qty
                left -= qty
                for name, part in self._shared(taker, qty, waiting):
                    yield {
                        "consumer_kind": "demand" if isinstance(taker.consumer, str) else "order", "consumer": name,
                        "for_item": taker.wanted, "item": pool.item, "location": pool.place, "lot": pool.lot or None,
                        "qty": part, "date": self.day(taker.day), "source_kind": giver[1],
                        "source": None if giver[1] == "stock" else giver[2],
                    }  # fmt: skip

    def _shared(self, taker: Taker, qty: int, waiting: dict[Taker, list[list[Any]]]) -> Iterator[tuple[str, int]]:
        """Among orders that are placed together: each takes what its lines ask, one after the other."""
        if isinstance(taker.consumer, str):
            yield taker.consumer, qty
            return
        names = self.names[taker.consumer]
        if len(names) == 1:
            yield names[0][0], qty
            return
        if taker not in waiting:
            waiting[taker] = [[name, self._need(taker, size)] for name, size in names]
        for order in waiting[taker]:
            part = min(qty, order[1])
            if part:
                order[1] -= part
                qty -= part
                yield order[0], part
        assert not qty

    def _need(self, taker: Taker, qty: int) -> int:
        made = self.world.made[self.model.orders[int(taker.consumer)].item]
        lines = [
            line for line in made.lines if line.component == taker.wanted and line.begins <= taker.day <= line.ends
        ]
        return int(sum(line.per_one * qty + line.per_order for line in lines))

    def promises(self) -> Iterator[Row]:
        due = {row["demand"]: row["due"] for row in self.model.factory.demands.iter_rows(named=True)}
        for (demand, day), ships in self.model.ships.items():
            if qty := self.value(ships):
                late = max(0, (self.day(day) - due[demand]).days)
                yield {"demand": demand, "qty": qty, "date": self.day(day), "late_days": late, "reason": "short"}
