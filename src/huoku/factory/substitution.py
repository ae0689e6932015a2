"""Families of items of which one may stand in for another, and families that would stand below themselves."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from huoku.factory.bom import Numbers, Tree, levels


def heads(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By item: the first name of its family. ``links``: an item and what may stand in for it."""
    pairs = sorted(set(links))
    above: dict[str, str] = {}

    def top(item: str) -> str:
        while above.get(item, item) != item:
            item = above[item]
        return item

    for item, substitute in pairs:
        one, other = sorted((top(item), top(substitute)))
        above[other] = one
    return {item: top(item) for pair in pairs for item in pair}


def family_levels(items: pl.DataFrame, bom: Tree, head: dict[str, str]) -> Numbers:
    """By position in ``items``: the level of its family in the BOM of families; -1 on a loop or below one."""
    if not head:
        return bom.level
    names = items["item"].to_list()
    position = {name: at for at, name in enumerate(names)}
    of = np.array([position[head.get(name, name)] for name in names], np.int64)
    lines = np.unique(np.stack((of[bom.parent], of[bom.component])), axis=1)
    found: Numbers = levels(lines[0], lines[1], len(names))[of]
    return found


def looped(items: pl.DataFrame, bom: Tree, head: dict[str, str]) -> set[str]:
    """The members of families that would stand below themselves: no substitute is planned for them."""
    level = family_levels(items, bom, head)
    return {name for name, depth in zip(items["item"].to_list(), level.tolist(), strict=True) if depth < 0} & set(head)
