"""The joint purchase as a mixed-integer model: facility location, with splits and minimum order values.

Each part is bought in one of its whole ways or split over rows, in packs; each vendor that is used costs its fee and
has to reach its minimum order value, with money for goods or with money that only fills it. That filling is taken
at the vendor's least loss, so the model's value is never above that of any purchase. For all-unit breaks
with more bought than needed see Goossens, Maas, Spieksma & van de Klundert 2007, "total quantity discount".
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from huoku.buy.joint.board import Board
from huoku.buy.joint.chains import chains_of
from huoku.buy.joint.filling import fill_loss
from huoku.buy.joint.ways import Ways
from huoku.buy.programs import Program, Rules, solve_linear, solve_whole
from huoku.buy.terms import Flags, Floats, Ints

NEXT_TO_NOTHING = 5e-5
"""A pack of so small a part of the whole cost may be rounded up."""


class Model(NamedTuple):
    """The variables of ``program`` are, one after the other: each whole way, packs of each split row, is it used, is
    each part split, is each vendor used, money that fills each vendor's order. ``whole``: which are whole numbers.
    """

    program: Program
    whole: Flags
    ways: Ways


class Bound(NamedTuple):
    """The value of the model without whole numbers, and the ways that a purchase cheaper than a known one may use."""

    value: float
    ways: Ways


class Found(NamedTuple):
    """Quantities by row of the offers, None where the solver found nothing; and what no purchase is below."""

    qty: Ints | None
    bound: float


def model_of(board: Board, ways: Ways, about: float = 0.0) -> Model:
    """The model of a board with these ways to buy its parts; ``about`` so much a purchase costs, at the least."""
    offers, vendors = board.offers, board.vendors
    parts, makers = board.need.size, vendors.fee.size
    wholes, splits = ways.whole.size, ways.parts.size
    sizes = np.cumsum([0, wholes, splits, splits, parts, makers, makers])
    whole, packs, used, split, opened, filling = (np.arange(*ends) for ends in pairwise(sizes))
    row, way = ways.parts, ways.whole
    multiple = offers.multiple[row].astype(float)
    one, each, line, way_each = np.ones(splits), np.arange(splits), np.arange(parts), np.arange(wholes)
    wanted = (board.need > 0).astype(float)
    chains = chains_of(board, ways)
    chain, (beside, way_beside) = np.arange(chains.part.size), chains.beside(board, ways)
    # What one part brings above a minimum order value fills no other vendor's, nor that of a half-used one.
    counted = np.minimum(ways.goods, vendors.min_value[offers.vendor[way]])
    rules = [
        # A part is bought in one way, or split; what a split brings meets the need.
        _rule(parts, (offers.part[way], whole, np.ones(wholes)), (line, split, np.ones(parts))),
        _rule(parts, (offers.part[row], packs, multiple), (line, split, -board.need.astype(float))),
        # A row of a split holds at least its smallest lot and at most what is below the need; unused, nothing.
        _rule(splits, (each, packs, multiple), (each, used, -offers.low[row].astype(float))),
        _rule(splits, (each, packs, -one), (each, used, ways.packs.astype(float))),
        # A split takes one row of a chain at most, and two rows or more, for none alone is enough.
        _rule(chain.size, (chains.of_row, used, -one), (chain, split[chains.part], np.ones(chain.size))),
        _rule(parts, (offers.part[row], used, one), (line, split, -2.0 * np.ones(parts))),
        # Whoever sells must be used, and reach its minimum order value.
        _rule(
            chain.size,
            (chain, opened[chains.vendor], np.ones(chain.size)),
            (chains.of_row, used, -one),
            (beside, whole[way_beside], -np.ones(beside.size)),
        ),
        _rule(wholes, (way_each, opened[offers.vendor[way]], np.ones(wholes)), (way_each, whole, -np.ones(wholes))),
        _rule(
            makers,
            (offers.vendor[way], whole, counted),
            (offers.vendor[row], packs, multiple * offers.price[row]),
            (np.arange(makers), filling, np.ones(makers)),
            (np.arange(makers), opened, -vendors.min_value),
        ),
    ]
    net = multiple * (offers.price[row] - board.salvage[offers.part[row]])
    # Units beyond the need give back their salvage: of a split all its units, so those of the need are taken off.
    kept = board.salvage * board.need
    money = np.concatenate((ways.cost, net, np.zeros(splits), kept, vendors.fee, fill_loss(board)))
    most = np.concatenate((np.ones(wholes), ways.packs, one, wanted, np.ones(makers), vendors.min_value))
    program = Program(money, _stacked(rules, wanted), np.zeros(most.size), most)
    return Model(program, _whole(sizes, multiple * offers.price[row], about), ways)


def relaxed(model: Model, known: float) -> Bound:
    """The model without whole numbers; ``known`` is what some purchase costs.

    A way that would raise the bound above ``known`` by its reduced cost is in no cheaper purchase.
    """
    answer = solve_linear(model.program)
    if answer is None:
        return Bound(-np.inf, model.ways)
    may = answer.value + answer.reduced <= known + 1e-6 * max(1.0, abs(known))
    wholes, splits = model.ways.whole.size, model.ways.parts.size
    used = may[wholes + splits : wholes + 2 * splits] & may[wholes : wholes + splits]
    return Bound(answer.value, model.ways.taken(may[:wholes], used))


def solved(board: Board, model: Model, gap: float, nodes: int) -> Found:
    """The best purchase within a relative ``gap``, after at most so many ``nodes`` of the search tree."""
    answer = solve_whole(model.program, model.whole, gap=gap, nodes=nodes)
    if answer.x is None:
        return Found(None, answer.bound)
    ways, x = model.ways, np.ceil(answer.x - 1e-6).astype(np.int64)
    qty = np.zeros(board.offers.part.size, np.int64)
    qty[ways.whole] += x[: ways.whole.size] * ways.qty
    qty[ways.parts] += x[ways.whole.size :][: ways.parts.size] * board.offers.multiple[ways.parts]
    return Found(qty, answer.bound)


def _whole(sizes: Ints, pack: Floats, about: float) -> Flags:
    """All but the filling, and packs that cost next to nothing: rounding those up afterwards is sooner done."""
    whole = np.arange(sizes[-1]) < sizes[-2]
    whole[sizes[1] : sizes[2]] = pack > NEXT_TO_NOTHING * about
    return whole


Term = tuple[Ints, Ints, Floats]
"""Rule, variable, factor: what stands at the left of some rules."""

Rule = tuple[int, tuple[Term, ...]]


def _rule(count: int, *terms: Term) -> Rule:
    """So many rules: the sum of the terms is at least 0."""
    return count, terms


def _stacked(rules: list[Rule], wanted: Floats) -> Rules:
    """The rules one under the other; the first group, one for each part, is equal to ``wanted``."""
    starts = np.cumsum([0, *(count for count, _ in rules)])
    terms = [
        (place + start, variable, factor)
        for (_, group), start in zip(rules, starts, strict=False)
        for place, variable, factor in group
    ]
    row, column, factor = (np.concatenate([term[at] for term in terms]) for at in range(3))
    low, high = np.zeros(starts[-1]), np.full(starts[-1], np.inf)
    low[: wanted.size] = high[: wanted.size] = wanted
    return Rules(row, column, factor, low, high)
