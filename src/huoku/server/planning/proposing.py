"""What a plan proposes, as rows: its orders with their reason in both languages and the demands that each is for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from huoku.language import Language
from huoku.plan import Plan
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier
from huoku.server.planning.models import Proposal
from huoku.server.planning.reading.columns import MAIN
from huoku.server.planning.reading.trade import Names
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company, Site

LONGEST_WHY = 1000


@dataclass(frozen=True, slots=True)
class Peg:
    """So much of an order is for a demand of the records."""

    demand: str
    steps: int
    need_on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """One order of a plan: the columns of a proposal, and its pegs."""

    values: Mapping[str, Any]
    pegs: tuple[Peg, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes two proposals the same."""
        return key_of(self.values)


KEY = ("kind", "item_id", "supplier_id", "site_id", "from_site_id", "qty_steps", "start_on", "due_on")


def key_of(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in KEY)


def key_of_row(row: Proposal) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in KEY)


def proposed(company: Company, plans: Mapping[Language, Plan], named: Names) -> list[Proposed]:
    """The orders of a plan, in its order. ``plans``: the same plan told in both languages."""
    plan = plans["zh"]
    items = {code: (pk, digits) for code, pk, digits in Item.objects.of(company).values_list("code", "pk", "decimals")}
    suppliers = dict(Supplier.objects.of(company).values_list("code", "pk"))
    sites = dict(Site.objects.of(company).values_list("code", "pk"))
    why_en = dict(plans["en"].orders.select("order", "why").iter_rows())
    needed = dict(plan.decisions.select("order", "needed_qty").iter_rows())
    pegs = _pegs(plan, named, items)
    minor = 10 ** minor_digits(company.currency)
    found = []
    for row in plan.orders.iter_rows(named=True):
        item, digits = items[row["item"]]
        steps = _steps(row["qty"], digits)
        values = {
            "order": row["order"],
            "kind": row["kind"],
            "item_id": item,
            "supplier_id": suppliers.get(row["supplier"] or ""),
            "site_id": sites.get(row["location"]) if row["location"] != MAIN else None,
            "from_site_id": sites.get(row["from_location"] or ""),
            "qty_steps": steps,
            "needed_steps": min(steps, round(needed.get(row["order"], 0) * 10**digits)),
            "start_on": row["start"],
            "due_on": row["due"],
            "price_millionths": None if row["unit_price"] is None else int(row["unit_price"] * 10**6),
            "fees_minor": int((row["fees"] or Decimal(0)) * minor),
            "why_zh": (row["why"] or "")[:LONGEST_WHY],
            "why_en": (why_en.get(row["order"]) or "")[:LONGEST_WHY],
        }
        found.append(Proposed(values, tuple(pegs.get(row["order"], ()))))
    return found


def _pegs(plan: Plan, named: Names, items: Mapping[str, tuple[int, int]]) -> dict[str, list[Peg]]:
    """By order: how much of it goes to each demand of the records, on whatever level, in whole steps."""
    demand_of = named.demand_of
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    days: dict[tuple[str, str], date] = {}
    rows = plan.pegging().filter(source_kind="order")
    for row in rows.select("demand", "source", "item", "qty", "date").iter_rows(named=True):
        if demand := demand_of.get(row["demand"]):
            shares[row["source"]][demand] += float(row["qty"]) * 10 ** items[row["item"]][1]
            key = row["source"], demand
            days[key] = min(days.get(key, row["date"]), row["date"])
    return {
        order: [Peg(demand, steps, days[order, demand]) for demand, steps in _in_whole(of).items() if steps]
        for order, of in shares.items()
    }


def _in_whole(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares in whole steps that add up to no more than all of them: those whose rest is largest are rounded up."""
    exact = {demand: round(share, 6) for demand, share in sorted(shares.items())}
    whole = {demand: int(share) for demand, share in exact.items()}
    left = int(round(sum(exact.values()), 6)) - sum(whole.values())
    for demand in sorted(exact, key=lambda demand: whole[demand] - exact[demand])[:left]:
        whole[demand] += 1
    return whole


def _steps(qty: Any, digits: int) -> int:
    return int(Decimal(str(qty)).scaleb(digits))
