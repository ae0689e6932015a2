"""Buy what covers the need under the supplier's minimum and packs, and keep the rest."""

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option, bought
from huoku.buy.terms import legal_up


def minimum(case: Case) -> Option | None:
    """The smallest legal quantity of the main offer; None where nobody takes such an order."""
    source = case.main
    return None if source < 0 else bought(case, "minimum", source, legal_up(case.terms, source, case.need))
