"""The decision as tables with names and dates: the contract's output, and what explains it."""

import numpy as np
import polars as pl

from huoku.buy.rejected import NONE
from huoku.buy.terms import Ints
from huoku.language import Language
from huoku.plan.decide.columns import (
    COST,
    DUE,
    NEEDED,
    NODE,
    OTHER_COST,
    OTHER_KIND,
    OTHER_QTY,
    OTHER_SOURCE,
    OVER,
    QTY,
    START,
)
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import FORECAST, ORDER, SAFETY
from huoku.plan.model.numbers import epoch_day, sorted_rows
from huoku.plan.tell.ordered import BUY, TRANSFER, Ordered
from huoku.plan.tell.pegged import Pegged, source_nodes
from huoku.plan.tell.reasons import full_resources, late_reasons
from huoku.plan.tell.why import ALTERNATIVES, reasons
from huoku.plan.tell.words import dates, only_where, repeated

UNSAID = pl.DataFrame(schema={"claim": pl.Int64, "reason": pl.String})


def orders_table(case: Case, netted: Netted, about: Ordered, lang: Language) -> pl.DataFrame:
    """The table ``orders``."""
    orders, numbering, epoch = netted.orders, case.numbering, epoch_day(case.factory)
    return pl.DataFrame(
        {
            "order": about.names,
            "kind": pl.Series(["buy", "make", "transfer"], dtype=pl.String)[about.kind],
            "item": numbering.items["item"][about.item],
            "location": numbering.place_names(orders[:, NODE]),
            "qty": orders[:, QTY] / about.steps,
            "start": dates(orders[:, START], epoch),
            "due": dates(orders[:, DUE], epoch),
            "supplier": case.sources.supplier[about.source],
            "from_location": _origins(case, about),
            "unit_price": only_where(about.kind == BUY, pl.Series(np.round(about.step_price * about.steps, 9))),
            "fees": case.model.terms.fee[about.source],
            "why": reasons(case, netted, about, lang),
        }
    )


def _origins(case: Case, about: Ordered) -> pl.Series:
    """Where each order is carried from; null for what is bought or made."""
    carried = about.kind == TRANSFER
    if not carried.any():
        return repeated(None, carried.size)
    places = pl.Series(case.numbering.locations, dtype=pl.String)
    return only_where(carried, places[np.maximum(case.sources.origin[about.source], 0)])


def decisions_table(netted: Netted, about: Ordered) -> pl.DataFrame:
    """What stands behind each order: what of it is needed, its money, and the best way not taken."""
    orders, money, steps = netted.orders, netted.money, about.steps
    kind = orders[:, OTHER_KIND]
    there = kind != NONE
    return pl.DataFrame(
        {
            "order": about.names,
            "needed_qty": orders[:, NEEDED] / steps,
            "leftover_qty": orders[:, OVER] / steps,
            "cost": np.round(money[:, COST], 6),
            "effective_unit_cost": np.round(money[:, COST] * steps / np.maximum(orders[:, NEEDED], 1), 6),
            "alternative": pl.Series(list(ALTERNATIVES.values()), dtype=pl.String)[kind],
            "alternative_supplier": only_where(there, about.sources[np.maximum(orders[:, OTHER_SOURCE], 0)]),
            "alternative_qty": only_where(there, pl.Series(orders[:, OTHER_QTY] / steps)),
            "alternative_cost": only_where(there, pl.Series(np.round(money[:, OTHER_COST], 6))),
        }
    )


def usage_table(case: Case, pegged: Pegged, names: pl.Series, which: Ints | slice) -> pl.DataFrame:
    """The table ``usage`` of these pegs, none of which is ``set_aside``."""
    return _pegs_table(case, pegged, names, which, None)


def earmarks_table(case: Case, pegged: Pegged, names: pl.Series) -> pl.DataFrame:
    """The table ``earmarks``: the pegs that are ``set_aside``."""
    called = pl.Series(["supply", "demand", "forecast", "safety"], dtype=pl.String)[case.claiming.table["kind"]]
    return _pegs_table(case, pegged, names, pegged.earmarks, called)


def _pegs_table(
    case: Case, pegged: Pegged, names: pl.Series, which: Ints | slice, called: pl.Series | None
) -> pl.DataFrame:
    """Pegs as rows of usage; ``called`` is the consumer kind by claim where it is not ``demand``."""
    netted = pegged.netted
    numbering, received = case.numbering, case.incoming.table
    consumer, source = netted.peg_consumer[which], netted.peg_source[which]
    node = source_nodes(case, netted, source)
    orders, item = len(names), node // case.model.locations
    items = numbering.items["item"][item]
    wished = netted.peg_wish.size > 0
    # Names of orders, then of claims (receipts), so that one look-up serves both.
    consumers = pl.concat([names, case.claiming.table["name"]])
    if called is not None:
        kind = called[-1 - consumer]
    else:
        kind = pl.Series(["order", "demand"], dtype=pl.String)[(consumer < 0).astype(np.int64)]
    is_stock = (received["kind"] == "stock").to_numpy()
    by_receipt = source < 0
    origin = np.full(source.size, 2)
    origin[by_receipt] = ~is_stock[-1 - source[by_receipt]]
    sources = pl.concat([names, only_where(~is_stock, received["name"])])
    lots = pl.concat([repeated(None, 1), only_where(is_stock, received["name"])])
    return pl.DataFrame(
        {
            "consumer_kind": kind,
            "consumer": consumers[np.where(consumer >= 0, consumer, orders - 1 - consumer)],
            "for_item": numbering.items["item"][netted.peg_wish[which] // case.model.locations] if wished else items,
            "item": items,
            "location": numbering.place_names(node),
            "lot": lots[np.where(by_receipt, -source, 0)],
            "qty": netted.peg_qty[which] / numbering.steps[item],
            "date": dates(pegged.days_of(which), epoch_day(case.factory)),
            "source_kind": pl.Series(["stock", "supply", "order"], dtype=pl.String)[origin],
            "source": sources[np.where(by_receipt, orders - 1 - source, source)],
        }
    )


def late_claims(
    case: Case, promises: Promises, sources: pl.Series, lang: Language, said: pl.DataFrame = UNSAID
) -> pl.DataFrame:
    """Every claim that is late or gets no promise: claim, late (days), reason, resource.

    ``sources``: their names. ``said``: claim and reason of those whose reason is known already.
    """
    claims = case.claiming.claims
    due = case.claiming.table["due"].to_numpy()
    ordinary = ~claims.is_supply & (case.claiming.table["kind"] != SAFETY).to_numpy()
    wanted = np.where(ordinary, due, claims.day)
    late = np.flatnonzero((promises.day < 0) | (promises.day > wanted))
    said = said.filter(np.isin(said["claim"].to_numpy(), late))
    unsaid = np.setdiff1d(late, said["claim"].to_numpy(), assume_unique=True)
    place = np.argsort(np.concatenate((said["claim"].to_numpy(), unsaid)))
    reason = pl.concat([said["reason"], late_reasons(case, promises, unsaid, sources, lang)])[place]
    return pl.DataFrame(
        {
            "claim": late,
            "late": np.where(promises.day[late] < 0, -1, promises.day[late] - wanted[late]),
            "reason": reason,
            "resource": full_resources(case, promises, late),
        }
    )


def claims_of_demands(case: Case, promises: Promises) -> tuple[Ints, Ints]:
    """The rows of ``asked``, and the claim of each, -1 where it makes none; a row more for each part that ships."""
    table, asked = case.claiming.table, case.claiming.asked
    kind, row = table["kind"].to_numpy(), table["row"].to_numpy()
    of_demand = np.flatnonzero((kind == ORDER) | (kind == FORECAST))
    day = promises.day[of_demand]
    days = case.model.horizon + 2
    of_demand = of_demand[sorted_rows(row[of_demand] * days + np.where(day < 0, days - 1, day))]
    wanted = asked["row"].to_numpy()
    first = np.searchsorted(row[of_demand], wanted)
    count = np.searchsorted(row[of_demand], wanted, side="right") - first
    asked_at = np.repeat(np.arange(wanted.size), np.maximum(count, 1))
    nth = np.arange(asked_at.size) - np.repeat(
        np.cumsum(np.maximum(count, 1)) - np.maximum(count, 1), np.maximum(count, 1)
    )
    claim = np.where(
        count[asked_at] > 0, np.append(of_demand, -1)[np.minimum(first[asked_at] + nth, of_demand.size)], -1
    )
    return asked_at, claim


def promises_table(case: Case, promises: Promises, late: pl.DataFrame, silent: pl.DataFrame) -> pl.DataFrame:
    """The table ``promises``: a row for each demand; no date and quantity 0 where there is no promise.

    ``silent``: subject and message of the exceptions about demands, the reason where nothing was tried.
    """
    asked, claims, table = case.claiming.asked, case.claiming.claims, case.claiming.table
    asked_at, claim = claims_of_demands(case, promises)
    asked = asked[asked_at]
    # Each column gets one entry more, the last, for the demands that make no claim.
    day = np.append(promises.day, -1)[claim]
    promised = (day >= 0) & np.append(table["whole"].to_numpy(), False)[claim]
    late_at = np.full(claims.day.size + 1, late.height)
    late_at[late["claim"].to_numpy()] = np.arange(late.height)
    late_at = late_at[claim]
    reason, resource = (pl.concat([late[name], repeated(None, 1)])[late_at] for name in ("reason", "resource"))
    qty = np.append(claims.qty, 0)[claim] / case.numbering.steps[asked["item"].to_numpy()]
    unsaid = ~promised & reason.is_null().to_numpy()
    if unsaid.any():
        first = silent.unique("subject", keep="first", maintain_order=True)
        said = asked.select("demand").join(
            first, left_on="demand", right_on="subject", how="left", maintain_order="left"
        )
        reason = said["message"].zip_with(pl.Series(unsaid), reason)
    return pl.DataFrame(
        {
            "demand": asked["demand"],
            "qty": np.where(promised, qty, 0.0),
            "date": only_where(promised, dates(day, epoch_day(case.factory))),
            "late_days": only_where(promised, pl.Series(np.append(late["late"].to_numpy(), 0)[late_at])),
            "reason": reason,
            "resource": resource,
        }
    )
