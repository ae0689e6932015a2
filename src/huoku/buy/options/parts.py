"""What the expected cost of an option is made of, so that a reader can add it up."""

from typing import NamedTuple

import numpy as np

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option
from huoku.buy.options.weigh import called_of, days_kept, kept_and_given_back


class Parts(NamedTuple):
    """Money that adds up to the expected cost; what is saved or received is below 0.

    ``extra``: lateness, stock of a substitute that is taken; ``holding``: keeping the rest; ``reused``: what need not
    be paid later for the part of it that is used; ``salvaged``: what the other part fetches; ``uncalled`` and
    ``called``: fees for what of a contract is never called, and what is saved by calling; ``chance``: money that may
    be paid or received besides.
    """

    cash: float
    extra: float
    holding: float
    reused: float
    salvaged: float
    uncalled: float
    called: float
    chance: float


def parts_of(case: Case, option: Option) -> Parts:
    """The parts of what ``expected_cost`` tells."""
    use, days = option.use or case.use, days_kept(case, option)
    with_rest = kept_and_given_back(case, use, days, case.spare + option.leftover)
    without = kept_and_given_back(case, use, days, case.spare)
    held, reused, salvaged = (float((more - less) @ use.chance) for more, less in zip(with_rest, without, strict=True))
    uncalled = called = 0.0
    if option.calls is not None:
        taken = called_of(case, option, use)
        uncalled = option.calls.cancel_fee * float((option.calls.rest - taken) @ use.chance)
        called = -max(0.0, case.value - option.calls.price) * float(taken @ use.chance)
    likely = sum(outcome.chance * outcome.money for outcome in option.outcomes)
    return Parts(option.cash, option.extra, held, -reused, -salvaged, uncalled, called, likely)


class Use(NamedTuple):
    """One possible future of what is left over: so much is used within the year, which is ``share`` of it."""

    amount: float
    chance: float
    share: float


def uses_of(case: Case, option: Option) -> tuple[Use, ...]:
    """The futures by which the share that is expected to be used is reckoned; nothing where nothing is left over."""
    use, left = option.use or case.use, option.leftover
    if left <= 0:
        return ()
    wanted = use.amount + use.event
    share = np.minimum(np.maximum(wanted - case.spare, 0.0), left) / left
    return tuple(Use(*map(float, row)) for row in zip(wanted, use.chance, share, strict=True))
