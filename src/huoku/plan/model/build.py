"""From a factory's tables to the model that the kernels plan with."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.leftover import Worth
from huoku.buy.terms import NO_LIMIT, Ints
from huoku.factory import Factory
from huoku.factory.bom import Tree, tree
from huoku.plan.model.arrays import Model
from huoku.plan.model.bom_versions import bom_versions
from huoku.plan.model.claiming import Claiming, claiming
from huoku.plan.model.closures import closures
from huoku.plan.model.cover import fill_cover, fill_pinned
from huoku.plan.model.families import families
from huoku.plan.model.lifecycle import going_out
from huoku.plan.model.lots import perishing_supplies, stock_lots
from huoku.plan.model.numbering import Numbering, all_places, number
from huoku.plan.model.numbers import epoch_day, floats
from huoku.plan.model.open_work import OpenOrders, with_open_orders
from huoku.plan.model.receipts import Incoming, incoming
from huoku.plan.model.shop import Workshop, workshop
from huoku.plan.model.sources import Sources, sources
from huoku.plan.model.ways import fill_pinned_by_ways, legs, ways
from huoku.sense.endings import last_day_of_use
from huoku.sense.future_use import expected_use_curve, use_of_each_item


class Case(NamedTuple):
    """One factory ready to be planned: the numbers, and the names behind them."""

    factory: Factory
    numbering: Numbering
    sources: Sources
    model: Model
    incoming: Incoming
    claiming: Claiming
    workshop: Workshop
    opened: OpenOrders


def build(factory: Factory) -> Case:
    """Number, explode phantoms, resolve terms, net forecasts. Pure; nothing of the factory changes."""
    tree_found, places, lots = tree(factory.items, factory.bom), all_places(factory), stock_lots(factory)
    lots = lots._replace(pieces=lots.pieces + perishing_supplies(factory))
    found = families(factory, tree_found, lots.pieces, places)
    numbering = number(factory, tree_found, found, places)
    bom = bom_versions(factory, numbering)
    carried = legs(found, numbering)
    offered = sources(factory, numbering, bom, carried)
    works = workshop(factory, numbering)
    earliest = factory.settings.frozen_days
    closed = closures(factory, offered.supplier)
    # Which source is never worse was told without looking at the suppliers' closed days.
    offered.terms.dominated[np.isin(offered.item, offered.item[closed.row >= 0])] = False
    cover = np.zeros(numbering.size, np.int64)
    pinned = np.zeros(numbering.size, np.bool_)
    allowed = ways(found, numbering, carried, offered.item.size - len(carried), factory.settings.substitute_mixing)
    fill_cover(bom, offered.terms, works.shop, closed, offered.make_source, allowed, len(places), earliest, cover)
    fill_pinned(bom, pinned)
    lasts = shelf_life(numbering)
    pinned |= (lasts < NO_LIMIT) & (offered.make_source >= 0)
    model = Model(
        items=numbering.size,
        locations=len(numbering.locations),
        horizon=factory.settings.horizon_days,
        earliest=earliest,
        bom=bom,
        make_source=offered.make_source,
        pinned=pinned,
        cover=cover,
        lasts=lasts,
        terms=offered.terms,
        worth=worth(factory, numbering, tree_found),
        ways=allowed,
        shop=works.shop,
        closures=closed,
    )
    fill_pinned_by_ways(model, pinned)
    come = incoming(factory, numbering, lots)
    come, opened = with_open_orders(factory, numbering, come, bom, works.shop)
    return Case(factory, numbering, offered, model, come, claiming(factory, numbering, come, opened), works, opened)


def shelf_life(numbering: Numbering) -> Ints:
    """By item: days after the one on which it comes on which it is still good."""
    days = numbering.items["shelf_life_days"]
    return np.where(days.is_not_null(), np.floor(np.nan_to_num(floats(days))), NO_LIMIT).astype(np.int64)


def worth(factory: Factory, numbering: Numbering, structure: Tree) -> Worth:
    """Holding, salvage and expected future use of each item, per smallest step.

    Of what is going out, and of what nothing will use any more, no use beyond the known needs is expected.
    """
    settings = factory.settings
    value = np.minimum(numbering.unit_value, numbering.cheapest) / numbering.steps
    rate = np.zeros(numbering.size)
    counts = np.zeros(numbering.size, np.int64)
    curves: list[tuple[int, np.ndarray, np.ndarray]] = []
    use = use_of_each_item(factory.history, epoch_day(factory))
    if use.height:
        use = use.filter(~pl.col("item").is_in(_ended(factory, structure).implode()))
        stays, items = ~going_out(numbering), numbering.number(use["item"]).tolist()
        for item, (_, daily, mean, variance) in sorted(zip(items, use.rows(), strict=True)):
            if not stays[item]:
                continue
            steps = int(numbering.steps[item])
            at, used = expected_use_curve(mean, variance)
            rate[item] = daily * steps
            counts[item] = at.size
            curves.append((item, at * steps, used * steps))
    return Worth(
        holding=numbering.unit_value / numbering.steps * settings.holding_rate / 365.0,
        value=value,
        salvage=value * settings.salvage_rate,
        rate=rate,
        first=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        used_at=np.concatenate([at for _, at, _ in curves]) if curves else np.zeros(0),
        used_sum=np.concatenate([used for *_, used in curves]) if curves else np.zeros(0),
    )


def _ended(factory: Factory, structure: Tree) -> pl.Series:
    """The items that nothing will use after the last day but needs that are known: obsolete, or parts of what ends."""
    return factory.items["item"].filter(pl.Series(last_day_of_use(factory, structure) <= factory.settings.horizon_days))
