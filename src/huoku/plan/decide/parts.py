"""Demands that ship in parts: each part becomes a claim of its own."""

import numpy as np

from huoku.plan.decide.promise import (
    PART_BLOCKER,
    PART_BLOCKER_DAY,
    PART_BLOCKER_SHORT,
    PART_CLAIM,
    PART_DAY,
    PART_FULL,
    PART_QTY,
    Promises,
)
from huoku.plan.decide.service import Promised
from huoku.plan.model.arrays import Claims
from huoku.plan.model.build import Case


def with_parts(case: Case, promised: Promised) -> tuple[Case, Promised]:
    """The case and its promises with a claim more for each part that ships before the last one."""
    parts = promised.parts
    if parts.shape[0] == 0:
        return case, promised
    claims, table = case.claiming.claims, case.claiming.table
    of = np.concatenate((np.arange(claims.node.size), parts[:, PART_CLAIM]))
    qty = np.concatenate((claims.qty, parts[:, PART_QTY]))
    np.subtract.at(qty, parts[:, PART_CLAIM], parts[:, PART_QTY])
    share = qty / claims.qty[of]
    every = Claims(*(column[of] for column in claims))  # type: ignore[arg-type]
    divided = every._replace(
        qty=qty, loss_per_day=every.loss_per_day * share, loss_if_never=every.loss_if_never * share
    )
    promises = Promises(*(column[of] for column in promised.promises))
    new = slice(claims.node.size, None)
    promises.day[new], promises.blocker[new] = parts[:, PART_DAY], parts[:, PART_BLOCKER]
    promises.blocker_day[new], promises.blocker_short[new] = parts[:, PART_BLOCKER_DAY], parts[:, PART_BLOCKER_SHORT]
    promises.full[new] = parts[:, PART_FULL:]
    claiming = case.claiming._replace(claims=divided, table=table[of].with_columns(qty=qty))
    return case._replace(claiming=claiming), promised._replace(promises=promises)
