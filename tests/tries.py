"""How many examples a property is tried on: few of those that plan whole factories, ten times as many with --stress."""

import os


def tries(usual: int) -> int:
    """So many in a usual run."""
    return usual * (10 if os.environ.get("HUOKU_STRESS") else 1)
