"""What to aim at so that the wanted service is reached: forecasts are too sure of themselves, and the past says by how
much."""

from collections.abc import Sequence
from dataclasses import replace

from huoku.sense.demand import Method
from huoku.simulate.episode import Episode
from huoku.simulate.frontier import at_equal
from huoku.simulate.measures import figures
from huoku.simulate.policies import LineFillTarget
from huoku.simulate.replay import replay
from huoku.simulate.review import Review

NARROWER = (1.0, 0.7, 0.45, 0.25)
"""Shares of the lines that may be missed are tried that are so many times the wanted one."""


def aimed(
    policy: LineFillTarget, learning: Episode, method: Method, narrower: Sequence[float] = NARROWER
) -> LineFillTarget:
    """The policy with a target under which it reached its own one in the episode ``learning``.

    ``method`` must not have been learnt from what is replayed there. Where no target that is tried reaches it, the
    highest is taken; where even the wanted one itself reaches more, it stays.
    """
    missed = 1.0 - policy.target
    tried = {f"{share:g}": replace(policy, target=1.0 - missed * share) for share in narrower}
    told = replay(learning, tried, method)
    after = Review(learning.parts, learning.use, learning.periods_per_year, method).next_year
    reached = [figures(learning, told[name], after).total().line_fill for name in tried]
    targets = [one.target for one in tried.values()]
    if policy.target >= max(reached):
        return replace(policy, target=max(targets))
    if policy.target <= min(reached):
        return policy
    return replace(policy, target=at_equal(policy.target, reached, targets))
