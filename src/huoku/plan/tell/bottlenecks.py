"""Which resources make demands late, and how many days that is in all."""

import numpy as np
import polars as pl

from huoku.language import Language, Sentence
from huoku.plan.decide.cause import FULL_RESOURCE
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import FORECAST, ORDER
from huoku.plan.tell.words import filled

IS_FULL = Sentence(
    "排满：{demands} 个需求因此迟交，共 {days} 天；加班、外协或改期可先看它",
    "is full: it makes demands late ({demands}), by {days} {days|day|days} in all; look here first for "
    "overtime or other days",
)


def bottlenecks(case: Case, promises: Promises, lang: Language) -> pl.DataFrame:
    """Columns resource, message: the resources behind late demands, those that cause the most days first.

    A demand that ships in parts is as late as the last of those that wait for the resource.
    """
    kind = case.claiming.table["kind"].to_numpy()
    resource = promises.full[:, FULL_RESOURCE]
    claim = np.flatnonzero((resource >= 0) & ((kind == ORDER) | (kind == FORECAST)))
    last = np.where(promises.day[claim] < 0, case.model.horizon, promises.day[claim])
    late, row = last - case.claiming.claims.day[claim], case.claiming.table["row"][claim]
    table = (
        pl.DataFrame({"number": resource[claim], "demand": row, "late": late})
        .group_by("number", "demand")
        .agg(pl.col("late").max())
        .group_by("number")
        .agg(demands=pl.len(), days=pl.col("late").sum())
        .sort("days", "number", descending=[True, False])
    )
    message = filled(IS_FULL, lang, demands=table["demands"].cast(pl.String), days=table["days"].cast(pl.String))
    return pl.DataFrame({"resource": case.workshop.names.gather(table["number"]), "message": message})
