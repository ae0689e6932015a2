"""Wait and buy together with a later need: one minimum for both, at the price of being late now."""

from huoku.buy.options.case import Case
from huoku.buy.options.later import Later
from huoku.buy.options.option import Option, bought
from huoku.buy.terms import legal_up


def wait(case: Case, later: Later) -> Option | None:
    """Order so that all of it comes with the later need, and share the purchase by quantity.

    If the later need does not come the whole purchase is for this one, later than it could have been: so this is
    for needs that are all but sure.
    """
    source = case.main
    together = legal_up(case.terms, source, case.need + later.qty) if source >= 0 else 0
    if together == 0 or later.day <= case.due:
        return None
    rest = max(0, later.day - int(case.terms.lead[source]))
    joint = bought(case, "wait", source, together, wanted=case.need + later.qty, wait=rest)
    mine = case.need / (case.need + later.qty)
    left = round(joint.leftover * mine)
    return Option(
        kind="wait",
        qty=case.need + left,
        cash=joint.cash * mine,
        leftover=left,
        day=joint.day,
        extra=joint.extra,
        source=source,
        named=later.name,
        in_all=joint.qty,
    )
