"""How much is tried: of what plans whole factories few examples, twenty times as many with --stress."""

import os

IS_STRESS = bool(os.environ.get("HUOKU_STRESS"))


def tries(usual: int) -> int:
    """So many in a usual run."""
    return usual * (20 if IS_STRESS else 1)
