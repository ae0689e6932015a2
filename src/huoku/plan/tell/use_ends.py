"""Stock and orders that an engineering change leaves over: told before it happens, while something can be done."""

import numpy as np
import polars as pl

from huoku.factory.bom import tree
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import NODE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.words import amounts, dates, filled, quantities, rows
from huoku.sense.endings import last_day_of_use

LEFT_OVER = Sentence(
    "{item} 到 {last} 就不再用（换料或停产），还会剩 {qty} {unit}（值 {value}）：先用旧的、推迟切换，或退、转、减在途",
    "{item} is used until {last} only (its BOM or product changes), and {qty} {unit} will be left (worth {value}): "
    "use it up first, put the change off, give it back, or cut open orders",
)


def use_ends(case: Case, netted: Netted, lang: Language) -> list[pl.DataFrame]:
    """The exception ``use_ends``: items whose use ends within the plan while some is left, the dearest first.

    A BOM line that is valid for a time only ends the use of its component, if no other line goes on. What has ended
    before today is dead stock already and is told by the review of it.
    """
    factory, numbering, places = case.factory, case.numbering, case.model.locations
    if factory.bom["valid_to"].null_count() == factory.bom.height:
        return []
    ends = last_day_of_use(factory, tree(factory.items, factory.bom))
    of_item = np.full(numbering.size, -1)
    of_item[numbering.of_real] = ends
    left = np.zeros(numbering.size, np.int64)
    np.add.at(left, numbering.real[case.incoming.table["node"].to_numpy() // places], netted.receipt_left)
    np.add.at(left, numbering.real[netted.orders[:, NODE] // places], netted.order_left)
    item = np.flatnonzero((left > 0) & (of_item >= 0) & (of_item <= case.model.horizon))
    if item.size == 0:
        return []
    value = left[item] / numbering.steps[item] * numbering.unit_value[item]
    dearest = np.lexsort((item, -value))
    item, value = item[dearest], value[dearest]
    name = numbering.items["item"][item]
    message = filled(
        LEFT_OVER,
        lang,
        item=name,
        unit=numbering.items["unit"][item],
        last=dates(of_item[item], epoch_day(factory)).cast(pl.String),
        qty=quantities(left[item], numbering.steps[item]),
        value=amounts(value),
    )
    return [rows("warning", "use_ends", name, message)]
