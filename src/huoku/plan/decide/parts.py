"""Demands that ship in parts: each part becomes a claim of its own."""

import numpy as np

from huoku.plan.decide.promise import Promises
from huoku.plan.decide.service import Promised
from huoku.plan.model.arrays import Claims
from huoku.plan.model.build import Case


def with_parts(case: Case, promised: Promised) -> tuple[Case, Promised]:
    """The case and its promises with a claim more for each part that ships before the last one."""
    parts = promised.parts
    if parts.shape[0] == 0:
        return case, promised
    claims, table = case.claiming.claims, case.claiming.table
    of = np.concatenate((np.arange(claims.node.size), parts[:, 0]))
    qty = np.concatenate((claims.qty, parts[:, 2]))
    np.subtract.at(qty, parts[:, 0], parts[:, 2])
    share = qty / claims.qty[of]
    every = Claims(*(column[of] for column in claims))  # type: ignore[arg-type]
    divided = every._replace(
        qty=qty, loss_per_day=every.loss_per_day * share, loss_if_never=every.loss_if_never * share
    )
    promises = Promises(*(column[of] for column in promised.promises))
    promises.day[claims.node.size :] = parts[:, 1]
    claiming = case.claiming._replace(claims=divided, table=table[of].with_columns(qty=qty))
    return case._replace(claiming=claiming), promised._replace(promises=promises)
