"""What would have to be there to keep the wanted day: which item, by when, how much."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from huoku.compiled import use_compiled
from huoku.language import Language
from huoku.plan.model.arrays import Model
from huoku.plan.quote.asked import Asked
from huoku.plan.quote.first_pass import FirstPass
from huoku.plan.quote.search import fill_missing

MOST_MISSING = 200


class Missing(NamedTuple):
    """An item that is short. ``level`` 0 is what is asked for itself, 1 its components, and so on.

    ``by``: the latest day on which ``qty`` must be there for the wanted day. ``there``: the first day on which
    new supply of it can be there, by ``source``; None where there is none.
    """

    level: int
    item: str
    unit: str
    qty: float
    by: date
    there: date | None
    source: str | None


def missing(state: FirstPass, asked: Asked, lang: Language) -> tuple[Missing, ...]:
    """All that the wanted day lacks, level by level. Where an item is short because its making is too late to
    begin, its components are not looked at: having them would not help."""
    model, numbering = state.case.model, state.case.numbering
    found = np.zeros((MOST_MISSING, 3), np.int64)
    state.ask(asked.node, asked.steps, asked.day)
    with use_compiled(state.compiled):
        count = fill_missing(model, state.spare(), state.scratch, state.claim, found)
    level = levels_below(model, asked.node // model.locations)
    sources = state.source_names(lang)
    today = state.case.factory.settings.today
    rows = []
    for node, day, qty in found[:count].tolist():
        item = node // model.locations
        there, source = int(model.cover[item]), int(state.quickest[item])
        rows.append(
            Missing(
                level=level[item],
                item=numbering.items["item"][item],
                unit=numbering.items["unit"][item],
                qty=qty / int(numbering.steps[item]),
                by=today + timedelta(days=day),
                there=today + timedelta(days=there) if there <= model.horizon else None,
                source=sources[source] if source >= 0 else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.level, row.by, row.item)))


def levels_below(model: Model, top: int) -> dict[int, int]:
    """By item: how many steps down the BOM it stands below ``top``; what may stand in for an item is on its level."""
    level, row, depth = {top: 0}, [top], 0
    while row:
        for item in row:  # grows while it is walked through: the ways of a choice belong to its own level
            ways = range(model.ways.first[item * model.locations], model.ways.first[(item + 1) * model.locations])
            row += _new(level, {int(model.ways.target[way]) // model.locations for way in ways}, depth)
        below = {
            int(model.bom.component[line])
            for item in row
            for version in range(model.bom.first[item], model.bom.first[item + 1])
            for line in range(model.bom.line_first[version], model.bom.line_first[version + 1])
        }
        depth += 1
        row = _new(level, below, depth)
    return level


def _new(level: dict[int, int], found: set[int], depth: int) -> list[int]:
    """Those that were not met before; notes their level."""
    new = sorted(found - level.keys())
    level.update(dict.fromkeys(new, depth))
    return new
