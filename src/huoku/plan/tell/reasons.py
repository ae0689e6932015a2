"""Why a demand is late or gets no promise: the item, and the supplier, resource or day, that holds it up."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.cause import FULL_RESOURCE
from huoku.plan.decide.promise import Promises
from huoku.plan.model.arrays import NEVER
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.reserved import with_what_is_kept
from huoku.plan.tell.words import Field, calendar, filled, pieced, quantities, repeated

BOUGHT = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：{supplier} 交期 {lead} 天，最早 {cover} 到货",
    "{short} {unit} of {item} short on {day}: {supplier} needs {lead} {lead|day|days}, earliest {cover}",
)
FROZEN = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：冻结期内不能下单，{supplier} 交期 {lead} 天，{free} 下单最早 {cover} 到货",
    "{short} {unit} of {item} short on {day}: ordered on {free}, after the frozen days, {supplier} needs "
    "{lead} {lead|day|days}, "
    "earliest {cover}",
)
NOT_YET_SOLD = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：{supplier} 从 {begins} 起才供货，交期 {lead} 天，最早 {cover} 到货",
    "{short} {unit} of {item} short on {day}: {supplier} sells it only from {begins} on and needs {lead} "
    "{lead|day|days}, "
    "earliest {cover}",
)
MADE = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：自制要 {lead} 天，现在开工已来不及",
    "{short} {unit} of {item} short on {day}: making it takes {lead} {lead|day|days}, too late to start",
)
MADE_AFTER_FROZEN = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：冻结期内不能开工，自制要 {lead} 天，最早 {free} 才能开工",
    "{short} {unit} of {item} short on {day}: making it takes {lead} {lead|day|days}, and can start only on {free}, "
    "after the frozen days",
)
NOT_YET_MADE = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：它的 BOM 从 {begins} 起才有效，之前不能开工",
    "{short} {unit} of {item} short on {day}: its BOM holds only from {begins} on, and making cannot start before",
)
NO_SOURCE = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：没有可用的供应商或 BOM",
    "{short} {unit} of {item} short on {day}: no supplier or BOM that is valid in time",
)
COMING = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：在途 {supply} {relief} 才到",
    "{short} {unit} of {item} short on {day}: open order {supply} comes only on {relief}",
)
CARRIED = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：从 {place} 调来要 {lag} 天，最早 {carried} 到",
    "{short} {unit} of {item} short on {day}: from {place} it is carried {lag} {lag|day|days}, earliest {carried}",
)
NONE_FRESH = Sentence(
    "缺 {item} {short} {unit}（{day} 要用）：它只能存放 {keeps} 天，供应商停业或 BOM 失效，那天没有还在保质期内的",
    "{short} {unit} of {item} short on {day}: it keeps for {keeps} {keeps|day|days}, and with its supplier "
    "closed or its BOM ended "
    "none is to be had that is still good then",
)
FULL = Sentence(
    "{made} 要在 {needed} 前做完，但 {resource} 排满，最早 {then} 才做得完",
    "{made} must be done by {needed}, but {resource} is full: {then} at the earliest",
)
ALWAYS_FULL = Sentence(
    "{made} 要在 {needed} 前做完，但 {resource} 到计划期末都排不下",
    "{made} must be done by {needed}, but {resource} has no room for it by the last day",
)
PUSHED = Sentence(
    "{made} 要在 {needed} 前做完，但 {resource} 排满，只能 {then} 就开工，那时 {item} 还缺 {short} {unit}",
    "{made} must be done by {needed}, but {resource} is so full that it would have to begin on {then}, "
    "when {short} {unit} of {item} are still missing",
)
OVERDUE = Sentence("计划时已过交期，{day} 就能交", "due before today; can be shipped on {day}")

SENTENCES = (
    NO_SOURCE,
    BOUGHT,
    MADE,
    COMING,
    OVERDUE,
    FULL,
    ALWAYS_FULL,
    PUSHED,
    NOT_YET_SOLD,
    NOT_YET_MADE,
    CARRIED,
    FROZEN,
    MADE_AFTER_FROZEN,
    NONE_FRESH,
)
(
    NOWHERE,
    BUYS,
    MAKES,
    COMES,
    OVERDUE_NOW,
    IS_FULL,
    STAYS_FULL,
    IS_PUSHED,
    SOLD_LATER,
    MADE_LATER,
    IS_CARRIED,
    IS_FROZEN,
    MAKING_IS_FROZEN,
    IS_STALE,
) = range(len(SENTENCES))


def late_reasons(
    case: Case, promises: Promises, claims: Ints, sources: pl.Series, lang: Language, quickest: Ints | None = None
) -> pl.Series:
    """A reason for each of the given claims, all of them late or not promised.

    ``sources``: their names. ``quickest``: see ``quickest_source``, where the caller has it already.
    """
    if claims.size == 0:
        return pl.Series([], dtype=pl.String)
    model = case.model
    node = promises.blocker[claims]
    item = np.maximum(node, 0) // model.locations
    source = (quickest_source(case) if quickest is None else quickest)[item]
    relief, way = relieving(case, promises, claims), carrying(case, promises, claims)
    provider = np.append(case.sources.item, -1)[source]
    makes = np.append(model.terms.is_make, False)[source]
    reachable = (source >= 0) & (makes | (model.cover[item] <= model.horizon))
    begins = np.where(makes, bom_begins(case)[provider], np.append(model.terms.start_from, 0)[source])
    later = begins > np.where(makes, start_wanted(case, promises, claims, source, provider), model.earliest)
    real = case.numbering.real[item]
    stale = model.lapses[real] & (model.cover[real] <= promises.blocker_day[claims])
    resource, made, _, then = promises.full[claims].T
    full, itself = resource >= 0, made == node
    kind = np.select(
        [
            node < 0,
            full & itself & (then > model.horizon),
            full & itself,
            full,
            relief >= 0,
            way >= 0,
            stale,
            reachable & makes & later & (begins <= model.horizon),
            reachable & makes & (model.earliest > 0),
            reachable & makes,
            reachable & later,
            reachable & (model.earliest > 0),
            reachable,
        ],
        [
            OVERDUE_NOW,
            STAYS_FULL,
            IS_FULL,
            IS_PUSHED,
            COMES,
            IS_CARRIED,
            IS_STALE,
            MADE_LATER,
            MAKING_IS_FROZEN,
            MAKES,
            SOLD_LATER,
            IS_FROZEN,
            BUYS,
        ],
        NOWHERE,
    )
    pieces = []
    for code, sentence in enumerate(SENTENCES):
        here = np.flatnonzero(kind == code)
        if here.size:
            fields = _fields(case, promises, claims[here], source[here], relief[here], way[here], begins[here], sources)
            pieces.append((here, filled(sentence, lang, **fields)))
    return with_what_is_kept(case, promises, claims, pieced(claims.size, pieces), lang)


def full_resources(case: Case, promises: Promises, claims: Ints) -> pl.Series:
    """The full resource that the reason of each of the given claims names; empty where it names none."""
    resource = promises.full[claims, FULL_RESOURCE]
    named = (resource >= 0) & (promises.blocker[claims] >= 0)
    names: pl.Series = pl.concat([case.workshop.names, repeated(None, 1)])
    return names[np.where(named, resource, -1)]


def _fields(
    case: Case,
    promises: Promises,
    claims: Ints,
    source: Ints,
    relief: Ints,
    way: Ints,
    begins: Ints,
    sources: pl.Series,
) -> dict[str, Field]:
    """The words of the sentences."""
    model, items = case.model, case.numbering.items
    node = promises.blocker[claims]
    item = np.maximum(node, 0) // model.locations
    day_text = calendar(epoch_day(case.factory), model.horizon)
    resource, made, needed, then = promises.full[claims].T
    return {
        "item": lambda: items["item"][item],
        "short": lambda: quantities(promises.blocker_short[claims], case.numbering.steps[item]),
        "unit": lambda: items["unit"][item],
        "day": lambda: day_text[np.where(node >= 0, promises.blocker_day[claims], promises.day[claims])],
        "cover": lambda: day_text[np.minimum(model.cover[item], model.horizon)],
        "begins": lambda: day_text[np.clip(begins, 0, model.horizon)],
        "free": lambda: day_text[np.full(claims.size, min(model.earliest, model.horizon))],
        "resource": lambda: case.workshop.names[resource],
        "made": lambda: items["item"][made // model.locations],
        "needed": lambda: day_text[needed],
        "then": lambda: day_text[np.minimum(then, model.horizon)],
        "supplier": lambda: sources[source],
        "lead": lambda: pl.Series(model.terms.lead[source]).cast(pl.String),
        "supply": lambda: case.incoming.table["name"][relief],
        "relief": lambda: day_text[case.incoming.receipts.day[relief]],
        "place": lambda: case.numbering.place_names(model.ways.target[way]),
        "lag": lambda: pl.Series(model.ways.lag[way]).cast(pl.String),
        "keeps": lambda: pl.Series(model.lasts[case.numbering.real[item]]).cast(pl.String),
        "carried": lambda: day_text[model.earliest + model.ways.lag[way]],
    }


def bom_begins(case: Case) -> Ints:
    """By item: the first day on which a BOM of it holds that has not ended before anything may start."""
    bom, model = case.model.bom, case.model
    first = np.full(model.items, NEVER, np.int64)
    item = np.repeat(np.arange(model.items), np.diff(bom.first))
    np.minimum.at(first, item, np.where(bom.start_to >= model.earliest, bom.start_from, NEVER))
    return first


def start_wanted(case: Case, promises: Promises, claims: Ints, source: Ints, provider: Ints) -> Ints:
    """By claim: when the making of what is short should have started; operations are taken to need no days.

    ``source`` and ``provider``, by claim: what can deliver it first, and the item of that.
    """
    model, shop = case.model, case.model.shop
    lead = np.where(np.diff(shop.first)[provider] > 0, 0, np.append(model.terms.lead, 0)[source])
    return promises.blocker_day[claims] - lead


def relieving(case: Case, promises: Promises, claims: Ints) -> Ints:
    """By claim: the open order whose coming ends the shortage before anything new can be had; -1 for none."""
    receipts, table = case.incoming.receipts, case.incoming.table
    node = promises.blocker[claims]
    next_day = promises.blocker_day[claims] + 1
    before_cover = (
        (node >= 0)
        & (promises.day[claims] >= 0)
        & (next_day < case.model.cover[np.maximum(node, 0) // case.model.locations])
    )
    found = np.full(claims.size, -1, np.int64)
    if receipts.day.size == 0 or not before_cover.any():
        return found
    # Receipts stand by node and day, so both make one rising number.
    days = case.model.horizon + 2
    there = np.repeat(np.arange(receipts.first.size - 1), np.diff(receipts.first)) * days + np.minimum(
        receipts.day, days - 1
    )
    wanted = node * days + next_day
    row = np.minimum(np.searchsorted(there, wanted), there.size - 1)
    is_supply = (table["kind"] == "supply").to_numpy()
    relieves = before_cover & (there[row] == wanted) & is_supply[row]
    found[relieves] = row[relieves]
    return found


def carrying(case: Case, promises: Promises, claims: Ints) -> Ints:
    """By claim: the way by which what lies elsewhere comes when the shortage ends, carried at once; -1 for none."""
    model, receipts, found = case.model, case.incoming.receipts, np.full(claims.size, -1, np.int64)
    ways, node = model.ways, promises.blocker[claims]
    claim = np.flatnonzero((node >= 0) & (promises.day[claims] >= 0))
    if ways.target.size == 0:
        return found
    count = np.diff(ways.first)[node[claim]]
    claim = np.repeat(claim, count)
    way = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + ways.first[node[claim]]
    lies = receipts.first[ways.target[way]]
    is_there = lies < receipts.first[ways.target[way] + 1]
    is_there[is_there] = receipts.day[lies[is_there]] <= model.earliest
    comes = promises.blocker_day[claims[claim]] + 1 == model.earliest + ways.lag[way]
    carried = np.flatnonzero(is_there & comes & (np.diff(ways.hop_first)[way] > 0))[::-1]
    found[claim[carried]] = way[carried]  # the preferred one is written last
    return found


def quickest_source(case: Case) -> Ints:
    """By item: the source that can deliver first (a supplier before the own shop); -1 where there is none.

    What is only wanted has no source: it comes as the item itself does.
    """
    model = case.model
    terms = model.terms
    start = np.maximum(model.earliest, terms.start_from)
    there = np.where(terms.is_make, NEVER - 1, start + terms.lead)
    there = np.where((start <= terms.start_to) & (case.sources.origin < 0), there, NEVER)
    item = case.sources.item
    order = np.lexsort((np.arange(there.size), there, item))
    quickest = np.full(model.items, -1, np.int64)
    found, at = np.unique(item[order], return_index=True)
    best = order[at]
    quickest[found] = np.where(there[best] < NEVER, best, -1)
    return np.where(quickest >= 0, quickest, quickest[case.numbering.real])
