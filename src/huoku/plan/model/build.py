"""From a factory's tables to the model that the kernels plan with."""

from typing import NamedTuple

import numpy as np

from huoku.buy.leftover import YEAR_DAYS, Limits, Worth
from huoku.buy.terms import NO_LIMIT, Floats, Ints
from huoku.factory import Factory
from huoku.factory.bom import Tree, tree
from huoku.plan.model.arrays import Model
from huoku.plan.model.bom_versions import bom_versions
from huoku.plan.model.claiming import Claiming, claiming
from huoku.plan.model.closures import closures
from huoku.plan.model.cover import fill_cover, fill_pinned
from huoku.plan.model.families import CLONE, PIECE, REAL, families
from huoku.plan.model.lapsing import lapsing
from huoku.plan.model.lifecycle import going_out
from huoku.plan.model.lots import perishing_supplies, stock_lots
from huoku.plan.model.numbering import Numbering, all_places, number
from huoku.plan.model.numbers import floats
from huoku.plan.model.open_work import OpenOrders, with_open_orders
from huoku.plan.model.pieces import FOR_EVER, Piece
from huoku.plan.model.receipts import Incoming, incoming
from huoku.plan.model.shop import Workshop, workshop
from huoku.plan.model.sources import Sources, sources
from huoku.plan.model.ways import fill_pinned_by_ways, legs, ways
from huoku.sense.last_resort import salvage_shares
from huoku.sense.year_ahead import days_left_to_use, year_ahead


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
    may_lapse = lapsing(factory)
    found = families(factory, tree_found, lots.pieces, places, may_lapse)
    numbering = number(factory, tree_found, found, places)
    lapses = numbering.items["item"].is_in(may_lapse).to_numpy() & np.isin(numbering.role, (REAL, CLONE))
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
    source, shop = offered.make_source, works.shop
    fill_cover(bom, offered.terms, shop, closed, source, allowed, lapses, len(places), earliest, cover)
    fill_pinned(bom, pinned)
    lasts = shelf_life(numbering, lots.pieces)
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
        ages_today=(lasts < NO_LIMIT) & (numbering.is_makeable | (numbering.role == PIECE)),
        lapses=lapses,
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


def shelf_life(numbering: Numbering, pieces: list[Piece]) -> Ints:
    """By item: days after the one on which it comes on which it is still good. Most pieces have a last day instead."""
    days = numbering.items["shelf_life_days"]
    lasts = np.where(days.is_not_null(), np.floor(np.nan_to_num(floats(days))), NO_LIMIT).astype(np.int64)
    for row, at in numbering.rows.items():
        if row.role == PIECE and pieces[row.piece].keeps == FOR_EVER:
            lasts[at] = NO_LIMIT
    return lasts


def worth(factory: Factory, numbering: Numbering, structure: Tree) -> Worth:
    """Holding, salvage and expected future use of each item, per smallest step, and the owner's limits."""
    settings = factory.settings
    value = np.minimum(numbering.unit_value, numbering.cheapest) / numbering.steps
    first, amount, chance = _futures(factory, numbering, structure)
    return Worth(
        holding=numbering.unit_value / numbering.steps * settings.holding_rate / 365.0,
        value=value,
        salvage=value * _salvage(factory, numbering),
        first=first,
        amount=amount,
        chance=chance,
        limits=Limits(settings.risk_limit, settings.bearing.excess_limit),
    )


def _salvage(factory: Factory, numbering: Numbering) -> Floats:
    """The part of the value that a unit gives back which nothing uses."""
    if factory.settings.future_use == "none":
        return np.full(numbering.size, factory.settings.salvage_rate)
    share = np.zeros(numbering.size)
    share[numbering.of_real] = salvage_shares(factory)
    return share[numbering.real]


def _futures(factory: Factory, numbering: Numbering, structure: Tree) -> tuple[Ints, Floats, Floats]:
    """By item the use of a year in each of its futures, see ``Worth``.

    Of what is going out, and of what nothing will use any more, no use beyond the known needs is expected.
    """
    nothing = np.zeros(0)
    if factory.settings.future_use == "none" or factory.history.is_empty():
        return np.zeros(numbering.size + 1, np.int64), nothing, nothing
    ahead = year_ahead(factory, structure)
    item, left = numbering.of_real[ahead.row], days_left_to_use(factory, structure)[ahead.row]
    kept = np.flatnonzero((left > 0) & ~going_out(numbering)[item])
    kept = kept[np.argsort(item[kept])]
    counts = np.zeros(numbering.size + 1, np.int64)
    counts[item[kept] + 1] = ahead.amount.shape[1]
    amount = ahead.amount[kept] * (numbering.steps[item] * left / YEAR_DAYS)[kept, None]
    return np.cumsum(counts), amount.ravel(), ahead.chance[kept].ravel()
