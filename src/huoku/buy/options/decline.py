"""Decline the customer's order: nothing is bought, and what it would have brought is forgone."""

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option


def decline(case: Case) -> Option | None:
    """Nothing bought; None where there is no order to decline."""
    return None if case.forgone is None else Option("decline", 0, 0.0, 0, None, case.forgone)
