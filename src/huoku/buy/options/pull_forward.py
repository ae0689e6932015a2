"""Buy now for a later need too: it takes from the rest when it comes, and the rest grows if it does not."""

from huoku.buy.options.case import Case
from huoku.buy.options.later import Later
from huoku.buy.options.option import Option, bought
from huoku.buy.terms import legal_up


def pull_forward(case: Case, later: Later) -> Option | None:
    """What covers both needs, from the main offer; the later units lie until their day."""
    source = case.main
    qty = legal_up(case.terms, source, case.need + later.qty) if source >= 0 else 0
    if qty == 0:
        return None
    both = bought(case, "pull_forward", source, qty)
    lies = max(0, later.day - max(case.due, both.day or 0))
    use = case.use.with_event(later.qty, later.chance, lies)
    return Option("pull_forward", qty, both.cash, both.leftover, both.day, both.extra, source, later.name, use=use)
