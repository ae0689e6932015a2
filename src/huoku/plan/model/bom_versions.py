"""The BOM as the kernels read it: phantoms exploded away, one version for each stretch of days."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints
from huoku.factory import Factory
from huoku.plan.model.arrays import NEVER, Bom
from huoku.plan.model.families import CHOICE, CLONE
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import days_between, epoch_day, floats

Line = tuple[int, float, float, int, int]  # component, per, fixed, valid from, valid to


class Lines(NamedTuple):
    """Lines that are valid on the start days ``begin`` to ``end``."""

    item: Ints
    begin: Ints
    end: Ints
    component: Ints
    per: Floats
    fixed: Floats


def bom_versions(factory: Factory, numbering: Numbering) -> Bom:
    """Versions by item, lines by version; ``cover`` is still to be filled in (see ``cover``)."""
    today = epoch_day(factory)
    table = factory.bom
    parent, component, phantom = numbering.parent, numbering.component, numbering.is_phantom
    per = floats(table["qty"]) * (1.0 + floats(table["scrap_rate"]))
    per = per * numbering.steps[component] / numbering.steps[parent]
    fixed = floats(table["fixed_scrap"]) * numbering.steps[component]
    start_from = days_between(table["valid_from"], today, -NEVER)
    start_to = days_between(table["valid_to"], today, NEVER)

    special = np.zeros(numbering.size, bool)
    special[parent[phantom[component] | (start_from > -NEVER) | (start_to < NEVER)]] = True
    plain = ~special[parent] & numbering.is_makeable[parent]
    always = np.full(np.count_nonzero(plain), NEVER)
    parts = [Lines(parent[plain], -always, always, component[plain], per[plain], fixed[plain])]
    if special.any():
        of: dict[int, list[Line]] = {}
        rows = zip(
            parent.tolist(),
            component.tolist(),
            per.tolist(),
            fixed.tolist(),
            start_from.tolist(),
            start_to.tolist(),
            strict=True,
        )
        for up, down, each, lost, begin, end in rows:
            of.setdefault(up, []).append((down, each, lost, begin, end))
        found = [
            (item, *version)
            for item in np.flatnonzero(special & numbering.is_makeable).tolist()
            for version in _versions(list(_exploded(of, phantom, item, 1.0, 0.0, -NEVER, NEVER)))
        ]
        if found:
            parts.append(Lines(*(np.array(column) for column in zip(*found, strict=True))))
    lines = Lines._make(np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((lines.component, lines.begin, lines.item))
    lines = summed(Lines._make(column[order] for column in lines))
    if numbering.rows:
        lines = redirected(lines, numbering)
    # A version begins where the item or the day differs from the line before.
    begins = np.flatnonzero(np.diff(lines.item, prepend=-1) | np.diff(lines.begin, prepend=0))
    return Bom(
        first=np.searchsorted(lines.item[begins], np.arange(numbering.size + 1)).astype(np.int64),
        start_from=lines.begin[begins],
        start_to=lines.end[begins],
        cover=np.zeros(begins.size, np.int64),
        line_first=np.append(begins, lines.item.size),
        component=lines.component,
        per=lines.per,
        fixed=lines.fixed,
    )


def summed(lines: Lines) -> Lines:
    """Sorted lines with those of one component added up. Few BOMs have any, so they are looked for first."""
    keys = (lines.item, lines.begin, lines.component)
    again = np.logical_and.reduce([key[1:] == key[:-1] for key in keys])
    if not again.any():
        return lines
    # In the order of size, so that the sum does not depend on the order of rows.
    added = (
        pl.DataFrame(lines._asdict())
        .group_by("item", "begin", "end", "component", maintain_order=True)
        .agg(pl.col("per").sort().sum(), pl.col("fixed").sort().sum())
    )
    return Lines._make(np.array(added[name]) for name in Lines._fields)


def redirected(lines: Lines, numbering: Numbering) -> Lines:
    """Sorted lines that ask for the choices of their components, and lines of clones beside those of their items."""
    names, rows = numbering.items["item"].to_list(), numbering.rows
    demand_of = {at: row.demand for row, at in rows.items() if row.role == CLONE}
    clones = np.array(sorted(demand_of), np.int64)
    cloned = numbering.number(pl.Series([names[at] for at in clones.tolist()], dtype=pl.String))
    begins, ends = np.searchsorted(lines.item, cloned), np.searchsorted(lines.item, cloned, "right")
    copies = [np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)]
    which = np.concatenate([np.arange(lines.item.size), *copies])
    parent = lines.item[which]
    item = np.concatenate([lines.item, np.repeat(clones, ends - begins)])
    component = lines.component[which]
    has_choice = np.zeros(numbering.size, bool)
    has_choice[numbering.number(pl.Series([row.item for row in rows if row.role == CHOICE], dtype=pl.String))] = True
    for line in np.flatnonzero(has_choice[component]).tolist():
        number = int(component[line])
        demand = demand_of.get(int(item[line]), "")
        component[line] = numbering.wanted(names[number], number, names[parent[line]], demand)
    found = Lines(item, lines.begin[which], lines.end[which], component, lines.per[which], lines.fixed[which])
    order = np.lexsort((found.fixed, found.per, found.component, found.end, found.begin, found.item))
    return Lines._make(column[order] for column in found)


def _exploded(
    of: dict[int, list[Line]], phantom: np.ndarray, item: int, per: float, fixed: float, begin: int, end: int
) -> Iterator[Line]:
    """The lines of an item with phantoms replaced by theirs, scrap and fixed scrap carried down."""
    for component, each, lost, line_begin, line_end in of.get(item, ()):
        first, last = max(begin, line_begin), min(end, line_end)
        if first > last:
            continue
        need, scrap = per * each, fixed * each + lost
        if phantom[component]:
            yield from _exploded(of, phantom, component, need, scrap, first, last)
        else:
            yield component, need, scrap, first, last


def _versions(lines: list[Line]) -> Iterator[tuple[int, int, int, float, float]]:
    """Cut dated lines into stretches of days on which the same lines are valid."""
    cuts = sorted({begin for *_, begin, _ in lines} | {end + 1 for *_, end in lines})
    for begin, after in pairwise(cuts):
        for component, per, fixed, line_begin, line_end in lines:
            if line_begin <= begin and after - 1 <= line_end:
                yield begin, after - 1, component, per, fixed
