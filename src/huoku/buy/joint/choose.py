"""From whom to buy what, for all parts together: a start at once, then the exact model on what is left open."""

from dataclasses import dataclass

import numpy as np

from huoku.buy.joint.board import Board, Money, is_legal, reckoned
from huoku.buy.joint.filling import filled
from huoku.buy.joint.model import model_of, relaxed, solved
from huoku.buy.joint.start import start_from
from huoku.buy.joint.ways import ways_of
from huoku.buy.terms import Ints
from huoku.errors import SolverLimit
from huoku.language import Language, Sentence

NOBODY = Sentence(
    "有 {count} 种料，所有供应商加起来也供不够（例如第 {first} 种，要 {need}）",
    "{count} {count|part is|parts are} offered by nobody in the wanted quantity, such as number {first}, of "
    "which {need} are wanted",
)

NO_WAY = Sentence(
    "没有找到可行的买法：几家合起来也不够，或者凑不到最低订单金额",
    "no purchase was found: all offers together are too little, or a minimum order value cannot be reached",
)


@dataclass(frozen=True, slots=True)
class JointChoice:
    """What to buy from whom: ``qty`` by row of the offers, and its money.

    No purchase costs less than ``bound``; ``gap`` is how far the cost may be above the least, as a part of it.
    """

    qty: Ints
    money: Money
    bound: float

    @property
    def cost(self) -> float:
        return self.money.cost

    @property
    def gap(self) -> float:
        return max(0.0, self.cost - self.bound) / max(abs(self.cost), 1e-9)


def choose_together(board: Board, *, gap: float = 8e-4, nodes: int = 1_000, lang: Language = "en") -> JointChoice:
    """The cheapest purchase of all needs of a board over all vendors: goods, fees, less salvage of leftovers.

    A part may be split over several offers. Fees and minimum order values hold for each vendor once.

    Parameters
    ----------
    board : needs, salvage, offers and vendors; see ``Board``. Prices of an offer must not rise with the quantity.
    gap : stop when the purchase is proved to be at most so much above the least, as a part of it
    nodes : stop after so many nodes of the search tree; a count and no clock, so that equal input gives equal output

    Raises
    ------
    SolverLimit : if no purchase was found: too little is offered, or a minimum order value cannot be reached

    Notes
    -----
    Local search over the sets of vendors gives a purchase at once. With its money, reduced costs of the relaxed
    model rule out most ways; HiGHS solves the rest. Where it finds none better, the start stands. The order of the
    rows does not matter: they are sorted first.
    """
    order = np.lexsort(board.offers[::-1])
    ordered = board._replace(offers=board.offers.taken(order))
    best, bound = _chosen(ordered, gap, nodes)
    if best is None:
        raise SolverLimit(_lacking(board, lang))
    money = reckoned(ordered, best)
    qty = np.zeros_like(best)
    qty[order] = best
    return JointChoice(qty, money, min(bound, money.cost))


def _chosen(board: Board, gap: float, nodes: int) -> tuple[Ints | None, float]:
    """The best purchase that is found, None where there is none; and what no purchase is below."""
    every = ways_of(board)
    best, bound = _cheaper(board, None, start_from(board, every)), -np.inf
    for ways in (every.without_splits(), every) if every.parts.size else (every,):
        known = np.inf if best is None else reckoned(board, best).cost
        bound, ways = relaxed(model_of(board, ways), known)
        if known - bound > gap * abs(bound):
            found = solved(board, model_of(board, ways, bound), gap, nodes)
            bound = max(bound, found.bound)
            best = _cheaper(board, best, None if found.qty is None else filled(board, found.qty))
    return best, bound


def _cheaper(board: Board, one: Ints | None, other: Ints | None) -> Ints | None:
    if other is None or not is_legal(board, other):
        return one
    if one is None or reckoned(board, other).cost < reckoned(board, one).cost:
        return other
    return one


def _lacking(board: Board, lang: Language) -> str:
    """What stands in the way of any purchase."""
    most = np.zeros(board.need.size)
    np.maximum.at(most, board.offers.part, board.offers.high.astype(float))
    parts = np.flatnonzero(most < board.need)
    if not parts.size:
        return NO_WAY.say(lang)
    return NOBODY.say(lang, count=parts.size, first=int(parts[0]), need=int(board.need[parts[0]]))
