"""Purchases of items that are being phased out or are obsolete."""

import numpy as np
import polars as pl

from huoku.language import Language, Sentence
from huoku.plan.decide.columns import OVER, QTY
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.tell.ordered import BUY, Ordered
from huoku.plan.tell.words import amounts, filled, quantities, rows

PHASED_OUT = Sentence(
    "{item} 正在淘汰，还要买 {qty} {unit}，其中 {over} {unit} 会剩下（值 {value}）：请确认",
    "{item} is being phased out, and {qty} {unit} are still bought; {over} of them are left over (worth {value})",
)
OBSOLETE = Sentence(
    "{item} 已停用，还要买 {qty} {unit}，其中 {over} {unit} 会剩下（值 {value}）：请换料或改需求",
    "{item} is obsolete, and {qty} {unit} are still bought; {over} {unit} of them are left over (worth {value}): "
    "replace it or change the demand",
)


def still_bought(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    """The exceptions ``phase_out_bought`` and ``obsolete_bought``, one for each order."""
    items, told = case.numbering.items, []
    status = items["lifecycle"]
    for word, code, sentence in (
        ("obsolete", "obsolete_bought", OBSOLETE),
        ("phase_out", "phase_out_bought", PHASED_OUT),
    ):
        going = (status == word).fill_null(False).to_numpy()
        row = np.flatnonzero((about.kind == BUY) & going[about.item])
        if row.size:
            item, steps, over = about.item[row], about.steps[row], netted.orders[row, OVER]
            message = filled(
                sentence,
                lang,
                item=items["item"][item],
                unit=items["unit"][item],
                qty=quantities(netted.orders[row, QTY], steps),
                over=quantities(over, steps),
                value=amounts(over / steps * case.numbering.unit_value[item]),
            )
            told.append(rows("warning", code, about.names[row], message))
    return told
