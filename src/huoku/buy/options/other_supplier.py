"""Buy from somebody else: dearer a unit, but with a smaller minimum, or sooner."""

from collections.abc import Iterator

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option, bought
from huoku.buy.options.to_break import breaks_above
from huoku.buy.terms import legal_up


def other_supplier(case: Case) -> Iterator[Option]:
    """What covers the need from each offer but the main one, and each higher break of it."""
    main = case.main
    for source in case.sources:
        qty = legal_up(case.terms, source, case.need) if source != main else 0
        if qty > 0:
            yield bought(case, "other_supplier", source, qty)
            yield from breaks_above(case, "other_supplier", source)
