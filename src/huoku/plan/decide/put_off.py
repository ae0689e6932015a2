"""Open make orders whose components come later arrive later, or not at all within the horizon."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.plan.decide.promise import Promises
from huoku.plan.model.arrays import NEVER, Model
from huoku.plan.model.build import Case
from huoku.plan.model.families import PIECE
from huoku.plan.model.receipts import Incoming, arranged


def as_promised(case: Case, promises: Promises) -> Case:
    """The case with every open make order on the day on which it is really there, and what perishes good from then."""
    claims = case.claiming.claims
    put_off = np.flatnonzero(claims.is_supply & (promises.day != claims.day))
    case = case._replace(incoming=postponed(case, promises, put_off)) if put_off.size else case
    return case._replace(model=with_last_days(case)) if case.numbering.rows else case


def with_last_days(case: Case) -> Model:
    """The model in which the open make orders of what perishes may be used as long as they are good."""
    model, places, table = case.model, case.model.locations, case.incoming.table
    coming = table.filter(table["claim"] >= 0)
    node = coming["node"].to_numpy()
    stands_apart = case.numbering.role[node // places] == PIECE
    node, day = node[stands_apart], coming["day"].to_numpy()[stands_apart]
    last = np.full(model.items * places, NEVER)
    last[node] = day + model.lasts[node // places]
    valid_to = np.minimum(model.ways.valid_to, last[model.ways.target])
    return model._replace(ways=model.ways._replace(valid_to=valid_to))


def postponed(case: Case, promises: Promises, put_off: Ints) -> Incoming:
    """The receipts with those open make orders on the day on which they are really there."""
    claims, table = case.claiming.claims, case.claiming.table
    there = np.maximum(claims.arrives[put_off], promises.day[put_off] + claims.takes[put_off])
    moved = pl.DataFrame(
        {
            "claim": table["row"][put_off],
            "later": np.where(promises.day[put_off] < 0, case.model.horizon + 1, there),
        }
    )
    receipts = case.incoming.table.join(moved, on="claim", how="left", maintain_order="left")
    receipts = receipts.with_columns(day=pl.coalesce("later", "day")).drop("later")
    return arranged(receipts, case.incoming.aside, case.numbering)
