"""The bill of materials as numbered nodes and lines: its levels, its loops, and what rolls up along it."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.errors import SHOWN

Numbers = NDArray[np.int64]
Amounts = NDArray[np.float64]

FEW_OF = 8
"""Names are few where there are so many times as many known ones."""


@dataclass(frozen=True, slots=True)
class Tree:
    """BOM lines between items that are known, by their positions in the items table.

    ``line`` is the position in the bom table of each line kept; ``level`` of an item is the longest
    way down to it from an item nobody uses (0), and -1 for items on a loop or below one.
    """

    parent: Numbers
    component: Numbers
    line: Numbers
    level: Numbers

    def downwards(self) -> list[Numbers]:
        """Positions of the lines, in groups: parents of level 0, then of level 1, and so on."""
        of_line = self.level[self.parent]
        order = np.argsort(of_line, kind="stable")
        order = order[of_line[order] >= 0]
        cuts = np.flatnonzero(np.diff(of_line[order])) + 1
        return np.split(order, cuts) if order.size else []


def tree(items: pl.DataFrame, bom: pl.DataFrame) -> Tree:
    """Number the BOM. Lines that name no item or an unknown one are left out. O(items + lines)."""
    both = positions(pl.concat([bom["parent"], bom["component"]]), items["item"])
    parent, component = both[: bom.height], both[bom.height :]
    line = np.flatnonzero((parent >= 0) & (component >= 0))
    parent, component = parent[line], component[line]
    return Tree(parent, component, line, levels(parent, component, items.height))


def positions(names: pl.Series, known: pl.Series) -> Numbers:
    """Where each name stands in ``known``, of equal ones the first; -1 where it does not."""
    if names.is_empty():
        return np.zeros(0, np.int64)
    numbered = pl.DataFrame({"name": known, "at": np.arange(len(known))})
    if FEW_OF * len(names) < len(known):  # all the others would be laid in a table to be looked up
        numbered = numbered.join(names.unique().to_frame("name"), on="name", how="semi")
    found = _looked_up(names, numbered)
    if len(found) > len(names):  # a name that stands there twice was found twice
        found = _looked_up(names, numbered.unique("name", keep="first", maintain_order=True))
    return (found.fill_null(-1) if found.null_count() else found).to_numpy()


def _looked_up(names: pl.Series, numbered: pl.DataFrame) -> pl.Series:
    return names.to_frame("name").join(numbered, on="name", how="left", maintain_order="left")["at"]


def levels(parent: Numbers, component: Numbers, size: int) -> Numbers:
    """By number: the longest way down to it from one that is below nobody; -1 on a loop or below one.

    Peels off, again and again, those that nobody who remains uses.
    """
    level = np.full(size, -1, np.int64)
    waiting = np.bincount(component, minlength=size)
    order = np.argsort(parent, kind="stable")
    below = component[order]
    start = np.searchsorted(parent[order], np.arange(size + 1))
    front, depth = np.flatnonzero(waiting == 0), 0
    while front.size:
        level[front] = depth
        counts = start[front + 1] - start[front]
        first = np.repeat(start[front] - np.cumsum(counts) + counts, counts)
        reached = below[first + np.arange(counts.sum())]
        np.subtract.at(waiting, reached, 1)
        front = np.unique(reached[waiting[reached] == 0])
        depth += 1
    return level


def loops(found: Tree) -> list[tuple[list[int], int]]:
    """Every loop that closes while walking down: its items in order, and the bom row that closes it.

    At most 1,000 of them. Looks only at items that ``levels`` could not place, so a sound BOM costs nothing.
    """
    below: dict[int, list[tuple[int, int]]] = {}
    for at in np.flatnonzero((found.level[found.parent] < 0) & (found.level[found.component] < 0)).tolist():
        below.setdefault(int(found.parent[at]), []).append((int(found.component[at]), int(found.line[at])))
    closed: list[tuple[list[int], int]] = []
    done: set[int] = set()
    for root in below:
        if root in done:
            continue
        path, place = [root], {root: 0}
        trail = [iter(below[root])]
        while trail:
            item, line = next(trail[-1], (-1, -1))
            if item < 0:
                trail.pop()
                done.add(path[-1])
                del place[path.pop()]
            elif item in place:
                closed.append((path[place[item] :], line))
                if len(closed) == SHOWN:
                    return closed
            elif item not in done:
                place[item] = len(path)
                path.append(item)
                trail.append(iter(below.get(item, ())))
    return closed


def roll_up(found: Tree, per_parent: Amounts, value: Amounts, given: NDArray[np.bool_]) -> Amounts:
    """Value of each item: its own where ``given`` or where it has no BOM, else the sum over its lines.

    ``per_parent`` is aligned with the lines of the tree. Items on a loop, or below one, keep their own.
    """
    rolled = value.copy()
    made = np.zeros(value.size, bool)
    made[found.parent] = True
    rolled[made & ~given & (found.level >= 0)] = 0.0
    for lines in reversed(found.downwards()):
        lines = lines[~given[found.parent[lines]]]
        part = per_parent[lines] * rolled[found.component[lines]]
        # By size, so that the sum does not depend on the order of rows, to the last bit.
        by_size = np.lexsort((part, found.parent[lines]))
        np.add.at(rolled, found.parent[lines][by_size], part[by_size])
    return rolled


def explode(found: Tree, per_parent: Amounts, need: Amounts) -> Amounts:
    """Gross need of each item: its own, and what the need of its parents takes. Stock is not looked at."""
    gross = need.copy()
    for lines in found.downwards():
        np.add.at(gross, found.component[lines], per_parent[lines] * gross[found.parent[lines]])
    return gross
