"""What the promised claims want of which node on which day."""

import numpy as np

from huoku.buy.terms import Ints
from huoku.plan.model.arrays import Claims, Model, Wants, component_need, component_node, split_need, version_on


def claim_needs(model: Model, claims: Claims, day: Ints) -> Wants:
    """What the served claims want of which node on which day: themselves, or for an open make order its components.

    ``day``, by claim: when it is served; -1 where it is not.
    """
    plain = np.flatnonzero((day >= 0) & ~claims.is_supply)
    rows: list[tuple[int, int, int, int]] = []
    for claim in np.flatnonzero((day >= 0) & claims.is_supply).tolist():
        node, start, qty = int(claims.node[claim]), int(day[claim]), int(claims.qty[claim])
        item = node // model.locations
        version = version_on(model.bom, item, start)
        if version < 0:
            continue
        source = int(model.make_source[item])
        for line in range(int(model.bom.line_first[version]), int(model.bom.line_first[version + 1])):
            need = split_need(model, source, line, qty) if source >= 0 else component_need(model.bom, line, qty)
            if need > 0:
                rows.append((claim, component_node(model, node, line), start, need))
    of_supplies = np.array(rows, np.int64).reshape(-1, 4)
    return Wants(
        claim=np.concatenate((of_supplies[:, 0], plain)),
        node=np.concatenate((of_supplies[:, 1], claims.node[plain])),
        day=np.concatenate((of_supplies[:, 2], day[plain])),
        qty=np.concatenate((of_supplies[:, 3], claims.qty[plain])),
    )
