"""Which substitutes the plan uses: how much of them for how much of what, and what that costs."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import COST, NEEDED
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.tell.ordered import TRANSFER, Ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.words import amounts, filled, quantities, rows

THERE = Sentence(
    "用 {taken} {unit} {substitute} 代替 {instead} {wanted_unit} {item}：都是现有或在途的，不必新下单；"
    "{item} 新买按最低单价要 {price}，还不算起订量",
    "{taken} {unit} of {substitute} stand in for {instead} {wanted_unit} of {item}: all of it is there or on order; "
    "new {item} would cost {price} at its lowest price, its MOQ apart",
)
PARTLY_NEW = Sentence(
    "用 {taken} {unit} {substitute} 代替 {instead} {wanted_unit} {item}：{there} {unit} 是现有或在途的，"
    "{new} {unit} 新下单，花 {spent}；{item} 新买按最低单价要 {price}，还不算起订量",
    "{taken} {unit} of {substitute} stand in for {instead} {wanted_unit} of {item}: {there} {unit} are there or on "
    "order, {new} {unit} are new for {spent}; new {item} would cost {price} at its lowest price, its MOQ apart",
)


def substitute_uses(case: Case, netted: Netted, about: Ordered, pegged: Pegged, lang: Language) -> list[pl.DataFrame]:
    """The exceptions ``substitute_used``, one for each item and substitute."""
    if not netted.peg_wish.size:
        return []
    numbering, places = case.numbering, case.model.locations
    real = numbering.number(numbering.items["item"])
    wish = netted.peg_wish.astype(np.int64)
    wanted, taken = real[wish // places], real[pegged.node // places]
    peg = np.flatnonzero(wanted != taken)
    if not peg.size:
        return []
    source, qty = netted.peg_source[peg].astype(np.int64), netted.peg_qty[peg]
    order = np.maximum(source, 0)
    is_ordered = source >= 0
    is_new = is_ordered.copy()
    is_new[is_ordered] = about.kind[source[is_ordered]] != TRANSFER
    share = qty / np.maximum(netted.orders[order, NEEDED], 1) if about.item.size else np.zeros(peg.size)
    cost = netted.money[order, COST] if about.item.size else np.zeros(peg.size)
    table = pl.DataFrame(
        {
            "item": wanted[peg],
            "substitute": taken[peg],
            "taken": qty,
            "instead": _stood_for(case, wish[peg], taken[peg], qty),
            "there": np.where(is_new, 0, qty),
            "spent": np.where(is_ordered, cost * share, 0.0),
        }
    )
    found = table.group_by("item", "substitute").agg(pl.all().sum()).sort("item", "substitute")
    item, other = found["item"].to_numpy(), found["substitute"].to_numpy()
    names, units, steps = numbering.items["item"], numbering.items["unit"], numbering.steps
    instead = found["instead"].to_numpy()
    total, there = found["taken"].to_numpy(), found["there"].to_numpy()
    fields = {
        "taken": quantities(total, steps[other]),
        "unit": units[other],
        "substitute": names[other],
        "instead": quantities(instead, steps[item]),
        "wanted_unit": units[item],
        "item": names[item],
        "there": quantities(there, steps[other]),
        "new": quantities(total - there, steps[other]),
        "spent": amounts(found["spent"].to_numpy()),
        "price": amounts(instead / steps[item] * numbering.cheapest[item]),
    }
    message = filled(PARTLY_NEW, lang, **fields).zip_with(pl.Series(there < total), filled(THERE, lang, **fields))
    return [rows("info", "substitute_used", names[item], message)]


def _stood_for(case: Case, wish: Ints, taken: Ints, qty: Ints) -> Ints:
    """How much of what was wanted each peg covers, by the ratio of the way it came by."""
    ways, places = case.model.ways, case.model.locations
    real = case.numbering.number(case.numbering.items["item"])
    covered = np.zeros(wish.size, np.int64)
    pairs, pair_of = np.unique(np.stack((wish, taken), axis=1), axis=0, return_inverse=True)
    for pair, (node, item) in enumerate(pairs.tolist()):
        own = range(ways.first[node], ways.first[node + 1])
        way = next(way for way in own if real[ways.target[way] // places] == item)
        here = pair_of.ravel() == pair
        covered[here] = qty[here] * ways.per[way] // ways.each[way]
    return covered
