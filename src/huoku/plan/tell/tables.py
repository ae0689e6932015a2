"""The decision as tables with names and dates: the contract's output, and what explains it."""

import numpy as np
import polars as pl

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
    SOURCE,
    START,
)
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import FORECAST, SAFETY, earmarked
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.reasons import late_reasons
from huoku.plan.tell.why import ALTERNATIVES, reasons, source_names, unit_prices
from huoku.plan.tell.words import dates


def order_names(case: Case, netted: Netted) -> pl.Series:
    """``PB-000001`` for what is bought, ``PM-000001`` for what is made, numbered through in the table's order."""
    n = netted.orders.shape[0]
    digits = max(6, len(str(n)))
    made = case.model.terms.is_make[netted.orders[:, SOURCE]] if n else np.zeros(0, bool)
    frame = pl.DataFrame({"made": made, "number": np.arange(1, n + 1)})
    prefix = pl.when("made").then(pl.lit("PM-")).otherwise(pl.lit("PB-"))
    return frame.select(order=pl.concat_str(prefix, pl.col("number").cast(pl.String).str.zfill(digits))).to_series()


def orders_table(case: Case, netted: Netted, names: pl.Series, lang: Language) -> pl.DataFrame:
    """The table ``orders``."""
    orders, numbering, terms = netted.orders, case.numbering, case.model.terms
    item, source = orders[:, NODE] // case.model.locations, orders[:, SOURCE]
    steps, epoch = numbering.steps[item], epoch_day(case.factory)
    made = terms.is_make[source]
    price = unit_prices(case, netted) * steps
    suppliers = case.sources.table["supplier"]
    return pl.DataFrame(
        {
            "order": names,
            "kind": pl.Series(["buy", "make"], dtype=pl.String).gather(made.astype(np.int64)),
            "item": numbering.items["item"].gather(item),
            "location": _places(case, orders[:, NODE]),
            "qty": orders[:, QTY] / steps,
            "start": dates(orders[:, START], epoch),
            "due": dates(orders[:, DUE], epoch),
            "supplier": suppliers.gather(source),
            "from_location": pl.repeat(None, source.size, dtype=pl.String, eager=True),
            "unit_price": pl.Series(np.round(price, 9)).zip_with(
                pl.Series(~made), pl.repeat(None, source.size, dtype=pl.Float64, eager=True)
            ),
            "fees": terms.fee[source],
            "why": reasons(case, netted, lang),
        }
    )


def decisions_table(case: Case, netted: Netted, names: pl.Series, lang: Language) -> pl.DataFrame:
    """What stands behind each order: what of it is needed, its money, and the best way not taken."""
    orders, money = netted.orders, netted.money
    steps = case.numbering.steps[orders[:, NODE] // case.model.locations]
    kind = orders[:, OTHER_KIND]
    other = pl.Series(kind != 0)
    none = pl.repeat(None, kind.size, dtype=pl.Float64, eager=True)
    sources = source_names(case, lang)
    return pl.DataFrame(
        {
            "order": names,
            "needed_qty": orders[:, NEEDED] / steps,
            "leftover_qty": orders[:, OVER] / steps,
            "cost": np.round(money[:, COST], 6),
            "effective_unit_cost": np.round(money[:, COST] * steps / np.maximum(orders[:, NEEDED], 1), 6),
            "alternative": pl.Series(list(ALTERNATIVES.values()), dtype=pl.String).gather(kind),
            "alternative_supplier": sources.gather(np.maximum(orders[:, OTHER_SOURCE], 0)).zip_with(
                other, none.cast(pl.String)
            ),
            "alternative_qty": pl.Series(orders[:, OTHER_QTY] / steps).zip_with(other, none),
            "alternative_cost": pl.Series(np.round(money[:, OTHER_COST], 6)).zip_with(other, none),
        }
    )


def peg_days(netted: Netted, claim_day: Ints) -> Ints:
    """The day on which each peg's consumer uses it."""
    consumer = netted.peg_consumer
    day = np.empty(consumer.size, np.int64)
    by_order = consumer >= 0
    day[by_order] = netted.orders[consumer[by_order], START]
    day[~by_order] = claim_day[-1 - consumer[~by_order]]
    return day


def usage_tables(case: Case, netted: Netted, names: pl.Series, day: Ints) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``usage``, and ``earmarks``: what open make orders, the rest of forecasts and safety stock will take."""
    table = case.claiming.table
    marked = earmarked(table)
    consumer = netted.peg_consumer
    node = np.repeat(np.arange(netted.peg_first.size - 1), np.diff(netted.peg_first))
    if not marked.any():
        everything = _pegs_table(case, netted, names, day, node, slice(None), None)
        return everything, everything.clear()
    aside = np.zeros(consumer.size, bool)
    aside[consumer < 0] = marked[-1 - consumer[consumer < 0]]
    called = pl.Series(["supply", "demand", "forecast", "safety"], dtype=pl.String).gather(table["kind"])
    return (
        _pegs_table(case, netted, names, day, node, np.flatnonzero(~aside), None),
        _pegs_table(case, netted, names, day, node, np.flatnonzero(aside), called),
    )


def _pegs_table(
    case: Case, netted: Netted, names: pl.Series, day: Ints, node: Ints, which: Ints | slice, called: pl.Series | None
) -> pl.DataFrame:
    """Pegs as rows of usage; ``called`` is the consumer kind by claim where it is not ``demand``."""
    numbering, received = case.numbering, case.incoming.table
    consumer, source, node = netted.peg_consumer[which], netted.peg_source[which], node[which]
    n, orders = consumer.size, len(names)
    item = node // case.model.locations
    items = numbering.items["item"].gather(item)
    # Names of orders, then of claims (receipts), so that one look-up serves both.
    consumers = pl.concat([names, case.claiming.table["name"]])
    kinds = pl.Series(["order", "demand"], dtype=pl.String)
    if called is not None:
        claim_kinds = called
        kind = claim_kinds.gather(-1 - consumer) if n else pl.Series([], dtype=pl.String)
    else:
        kind = kinds.gather((consumer < 0).astype(np.uint32))
    is_stock = (received["kind"] == "stock").to_numpy()
    is_supply = (~is_stock).astype(np.int64)
    origin = np.zeros(n, np.uint32)
    received_rows = source < 0
    origin[~received_rows] = 2
    origin[received_rows] = is_supply[-1 - source[received_rows]]
    nothing = pl.repeat(None, 1, dtype=pl.String, eager=True)
    named = received["name"]
    sources = pl.concat(
        [names, named.zip_with(pl.Series(~is_stock), pl.repeat(None, len(named), dtype=pl.String, eager=True))]
    )
    lots = pl.concat(
        [nothing, named.zip_with(pl.Series(is_stock), pl.repeat(None, len(named), dtype=pl.String, eager=True))]
    )
    return pl.DataFrame(
        {
            "consumer_kind": kind,
            "consumer": consumers.gather(np.where(consumer >= 0, consumer, orders - 1 - consumer)),
            "for_item": items,
            "item": items,
            "location": _places(case, node),
            "lot": lots.gather(np.where(received_rows, -source, 0)),
            "qty": netted.peg_qty[which] / numbering.steps[item],
            "date": dates(day[which], epoch_day(case.factory)),
            "source_kind": pl.Series(["stock", "supply", "order"], dtype=pl.String).gather(origin),
            "source": sources.gather(np.where(received_rows, orders - 1 - source, source)),
        }
    )


def _places(case: Case, node: Ints) -> pl.Series:
    if len(case.numbering.locations) == 1:
        return pl.repeat(case.numbering.locations[0], node.size, dtype=pl.String, eager=True)
    return case.numbering.place_names(node)


def late_claims(case: Case, promises: Promises, lang: Language) -> pl.DataFrame:
    """Every claim that is late or gets no promise: claim, late (days), reason."""
    claims = case.claiming.claims
    due = case.claiming.table["due"].to_numpy()
    ordinary = ~claims.is_supply & (case.claiming.table["kind"] != SAFETY).to_numpy()
    wanted = np.where(ordinary, due, claims.day)
    late = np.flatnonzero((promises.day < 0) | (promises.day > wanted))
    return pl.DataFrame(
        {
            "claim": late,
            "late": np.where(promises.day[late] < 0, -1, promises.day[late] - wanted[late]),
            "reason": late_reasons(case, promises, late, lang) if late.size else pl.Series([], dtype=pl.String),
        }
    )


def promises_table(case: Case, promises: Promises, late: pl.DataFrame, silent: pl.DataFrame) -> pl.DataFrame:
    """The table ``promises``: a row for each demand; no date and quantity 0 where there is no promise.

    ``silent``: subject and message of the exceptions about demands, the reason where nothing was tried.
    """
    table, claims = case.claiming.table, case.claiming.claims
    spoken = table.with_columns(
        claim=pl.int_range(pl.len(), dtype=pl.Int64),
        day=pl.Series(promises.day),
        steps=pl.Series(case.numbering.steps[claims.node // case.model.locations]),
    ).join(late, on="claim", how="left", maintain_order="left")
    of_demand = spoken.filter(pl.col("kind").is_in([1, FORECAST]))
    promised = (pl.col("day") >= 0) & pl.col("whole")
    epoch = epoch_day(case.factory)
    made = of_demand.select(
        "row",
        qty=pl.when(promised).then(pl.col("qty") / pl.col("steps")).otherwise(0.0),
        date=pl.when(promised).then((pl.col("day") + epoch).cast(pl.Int32).cast(pl.Date)),
        late_days=pl.when(promised).then(pl.col("late").fill_null(0)),
        reason="reason",
    )
    asked = case.claiming.asked.select("row", "demand").join(made, on="row", how="left", maintain_order="left")
    first = silent.unique("subject", keep="first", maintain_order=True).rename({"subject": "demand"})
    return (
        asked.join(first, on="demand", how="left", maintain_order="left")
        .with_columns(pl.col("qty").fill_null(0.0))
        .with_columns(
            reason=pl.when(pl.col("date").is_null()).then(pl.coalesce("reason", "message")).otherwise("reason")
        )
        .sort("demand")
        .select("demand", "qty", "date", "late_days", "reason")
    )
