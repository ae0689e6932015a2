"""Real boards bought with all vendors chosen together: python3 benchmarks/boards.py [BOARD...] [--shared FOLDER]

For each board, number of sets and terms of the vendors (a fee for each vendor, a minimum order value for each): how far
two rules are above the joint choice, how far that is above the least at most (proved by the bound of the exact
model), CPU seconds. The rules: each part at its least outlay; each at its lowest unit price; minimum orders are
filled as cheaply as can be.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.against.boards import board_of, boards_of, offers_of

from huoku.buy.joint import Board, choose_together
from huoku.buy.joint.board import cover, is_legal, reckoned
from huoku.buy.joint.filling import filled
from huoku.buy.terms import Floats

TERMS = ((0, 0), (10, 0), (25, 0), (0, 50), (25, 50))
LINE = "{:<18}{:>6}{:>5}{:>5}{:>7}{:>9}{:>14}{:>14}{:>14}{:>9}{:>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("boards", nargs="*", metavar="BOARD", help="default: all")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("HUOKU_SHARED", "../shared")))
    options = parser.parse_args()
    boards, offers = boards_of(options.shared), offers_of(options.shared)
    heads = ("board", "sets", "fee", "min", "parts", "vendors", "cost", "least outlay", "unit price", "above", "CPU s")
    print(LINE.format(*heads))
    for name in options.boards or boards:
        for sets in (10, 100, 1000):
            for fee, min_value in TERMS:
                board = board_of(boards[name], offers, sets, fee, min_value)
                print(LINE.format(name, sets, fee, min_value, *measured(board)), flush=True)


def measured(board: Board) -> tuple[str, ...]:
    """Parts, vendors, the joint cost, how far the rules are above it, how far it may be above the least, seconds."""
    begun = time.process_time()
    choice = choose_together(board)
    seconds = time.process_time() - begun
    assert is_legal(board, choice.qty)
    outlay = cover(board) * board.offers.price
    rules = [by_rule(board, outlay), by_rule(board, board.offers.price)]
    return (
        str(board.need.size),
        str(board.vendors.fee.size),
        f"{choice.cost:,.2f}",
        *(f"+{100 * (cost / choice.cost - 1):,.2f} %" for cost in rules),
        f"{100 * choice.gap:.3f} %",
        f"{seconds:.2f}",
    )


def by_rule(board: Board, score: Floats) -> float:
    """The cost where each part comes from the row with the least score that covers its need."""
    enough = cover(board) >= board.need[board.offers.part]
    order = np.lexsort((cover(board) * board.offers.price, score, ~enough, board.offers.part))
    first = order[np.unique(board.offers.part[order], return_index=True)[1]]
    qty = np.zeros(board.offers.part.size, np.int64)
    qty[first] = cover(board)[first]
    whole = filled(board, qty)
    return np.inf if whole is None else reckoned(board, whole).cost


if __name__ == "__main__":
    main()
