"""Real boards with real offers: the vendors chosen together, against a plain model without any short cut."""

from pathlib import Path

import pytest

from huoku.buy.joint import choose_together
from huoku.buy.joint.board import is_legal

from .boards import board_of, boards_of, offers_of
from .exact_board import least_cost

TERMS = [(0, 0), (10, 0), (25, 0), (0, 50), (25, 50)]
USUAL = [(100, 0, 0), (100, 25, 0), (100, 25, 50), (10, 25, 50)]
OTHERS = sorted({(sets, *terms) for sets in (10, 100, 1000) for terms in TERMS} - set(USUAL))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sets", "fee", "min_value"), [*USUAL, *(pytest.param(*case, marks=pytest.mark.stress) for case in OTHERS)]
)
def test_a_board_costs_no_more_than_a_thousandth_above_the_least(
    shared: Path, sets: int, fee: float, min_value: float
) -> None:
    board = board_of(boards_of(shared)["StickIt-Hat"], offers_of(shared), sets, fee, min_value)
    choice = choose_together(board)
    least, bound = least_cost(board)
    assert is_legal(board, choice.qty)
    assert choice.bound <= least * (1 + 1e-9)
    assert bound * (1 - 1e-9) <= choice.cost <= 1.001 * least
